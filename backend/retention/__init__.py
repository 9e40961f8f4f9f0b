"""When content goes, what holds it back, and what proves that it went (保存期限、法律保留、销毁证明)."""
