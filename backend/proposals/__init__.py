"""What officers found different from the register (变更建议): proposed, merged field by field, decided."""
