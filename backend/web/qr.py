"""A square that a tablet reads from the screen (QR 码), as a picture in the page itself."""


def qr_picture(text: str) -> str:
    """The address of a picture that says `text`: it holds the picture, and nothing is fetched."""
    import segno  # not at the start of a worker

    picture: str = segno.make(text, error="l", micro=False).svg_data_uri(border=4, scale=4)
    return picture
