"""The colours that the stand-in knows, by the words it knows them by."""

COLOURS = {
    "red": (220, 20, 20),
    "green": (20, 160, 30),
    "blue": (20, 40, 220),
    "yellow": (240, 220, 20),
    "white": (245, 245, 245),
    "black": (10, 10, 10),
    "orange": (250, 130, 10),
    "pink": (250, 150, 190),
}
