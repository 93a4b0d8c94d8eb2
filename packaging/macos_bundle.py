"""What macOS is told of the program: ``Info.plist`` of the ``.app``."""

from __future__ import annotations

import project

# The first macOS that Qt 6.11 runs on.
OLDEST_MACOS = "13.0"
_DICOM = "org.nema.dicom"


def info() -> dict[str, object]:
    """Keys beyond those that PyInstaller writes by itself (name, identifier, version, icon)."""
    return {
        "CFBundleDisplayName": project.DISPLAY_NAME,
        "CFBundleVersion": project.version(),
        "LSApplicationCategoryType": "public.app-category.medical",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSPrincipalClass": "NSApplication",
        "NSHumanReadableCopyright": "Apache License 2.0. Research use, not for diagnosis.",
        "CFBundleDocumentTypes": [
            _opens("DICOM image", _DICOM, rank="Alternate"),
            _opens("Folder of DICOM images", "public.folder", rank="Alternate"),
        ],
        # macOS knows no DICOM by itself; imported, because another program may own the type.
        "UTImportedTypeDeclarations": [
            {
                "UTTypeIdentifier": _DICOM,
                "UTTypeDescription": "DICOM image",
                "UTTypeConformsTo": ["public.data", "public.image"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["dcm", "dicom"],
                    "public.mime-type": ["application/dicom"],
                },
            }
        ],
    }


def _opens(name: str, kind: str, *, rank: str) -> dict[str, object]:
    return {
        "CFBundleTypeName": name,
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": rank,
        "LSItemContentTypes": [kind],
    }
