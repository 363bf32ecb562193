"""Draw the sample edition's pictures: `python tools/draw_pictures.py content/images`.

The drawings are the edition's own, made from nothing but this code. With one version of Pillow the same run writes the
same bytes, so a picture changes in the repository only when its drawing does. Each is 1600 by 900 pixels, the sharing
card 1200 by 630, with at most 64 colours and so well under 60 KB.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from pictures import diagrams, gallery, masthead, samarkand, scenes, steppe, things
from pictures.canvas import Canvas

DRAWINGS: Mapping[str, Callable[[], Canvas]] = MappingProxyType(
    {
        "art-show-installation.png": gallery.installation,
        "art-show-wall.png": gallery.wall,
        "barley-ears.png": things.barley,
        "cat-house.png": scenes.cat_house,
        "chess-pieces-road.png": things.chess,
        "courtroom-broadcast.png": scenes.courtroom,
        "middle-corridor.png": diagrams.middle_corridor,
        "mother-earth-ridges.png": gallery.ridges,
        "mountain-border.png": scenes.border,
        "neutrality-arch.png": scenes.neutrality,
        "nomad-games.png": steppe.nomad_games,
        "samarkand-flowers.png": samarkand.flowers,
        "samarkand-memorial.png": samarkand.memorial,
        "shanyrak-assembly.png": steppe.assembly,
        "share.png": masthead.share_card,
        "somoni-programme-funding.png": diagrams.somoni,
        "trans-afghan-routes.png": diagrams.trans_afghan,
    }
)


def main(folder: Path) -> None:
    """Write every drawing into the folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in DRAWINGS.items():
        draw().save(folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "content/images"))
