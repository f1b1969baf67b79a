// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/metadatakinds.h"

#include <algorithm>
#include <array>
#include <string_view>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

using namespace std::string_view_literals;

struct Rule {
    std::string_view part; ///< of the key
    MetadataKind kind;
};

/// The first that is contained in the key decides.
constexpr std::array kRules{
    Rule{"GPS"sv, MetadataKind::Location},
    Rule{".City"sv, MetadataKind::Location},
    Rule{".SubLocation"sv, MetadataKind::Location},
    Rule{".ProvinceState"sv, MetadataKind::Location},
    Rule{".State"sv, MetadataKind::Location},
    Rule{".Country"sv, MetadataKind::Location},
    Rule{"Location"sv, MetadataKind::Location},
    Rule{"SerialN"sv, MetadataKind::SerialNumber}, // …Number, …No, …Num
    Rule{"SerialID"sv, MetadataKind::SerialNumber},
    Rule{"UniqueID"sv, MetadataKind::SerialNumber},
    Rule{".Artist"sv, MetadataKind::OwnerName},
    Rule{".XPAuthor"sv, MetadataKind::OwnerName},
    Rule{"Copyright"sv, MetadataKind::OwnerName},
    Rule{"Owner"sv, MetadataKind::OwnerName},
    Rule{".HostComputer"sv, MetadataKind::OwnerName},
    Rule{".Byline"sv, MetadataKind::OwnerName},
    Rule{".Credit"sv, MetadataKind::OwnerName},
    Rule{".Contact"sv, MetadataKind::OwnerName},
    Rule{".Writer"sv, MetadataKind::OwnerName},
    Rule{"Xmp.dc.creator"sv, MetadataKind::OwnerName},
    Rule{"Xmp.dc.rights"sv, MetadataKind::OwnerName},
    Rule{"CreatorContactInfo"sv, MetadataKind::OwnerName},
    Rule{"Exif.Thumbnail."sv, MetadataKind::Thumbnail},
    Rule{"Xmp.xmp.Thumbnails"sv, MetadataKind::Thumbnail},
    Rule{"Xmp.xmpMM."sv, MetadataKind::EditHistory},
    Rule{"Xmp.crs."sv, MetadataKind::EditHistory},
    Rule{"History"sv, MetadataKind::EditHistory},
    Rule{"ProcessingSoftware"sv, MetadataKind::EditHistory},
    Rule{"CreatorTool"sv, MetadataKind::EditHistory},
};

/// About the pixels, and true of them for everybody.
constexpr std::array kHarmless{
    "Exif.Image.Orientation"sv,      "Exif.Image.XResolution"sv,
    "Exif.Image.YResolution"sv,      "Exif.Image.ResolutionUnit"sv,
    "Exif.Image.YCbCrPositioning"sv, "Exif.Image.ExifTag"sv,
    "Exif.Photo.ColorSpace"sv,       "Exif.Photo.PixelXDimension"sv,
    "Exif.Photo.PixelYDimension"sv,  "Exif.Photo.ComponentsConfiguration"sv,
    "Exif.Photo.ExifVersion"sv,      "Exif.Photo.FlashpixVersion"sv,
};

constexpr std::array kBoilerplate{
    "OLYMPUS DIGITAL CAMERA"_L1,
    "MINOLTA DIGITAL CAMERA"_L1,
    "KONICA MINOLTA"_L1,
    "DIGITAL CAMERA"_L1,
    "DIGITAL IMAGE"_L1,
    "SONY DSC"_L1,
    "DCF 1.0"_L1,
    "Exif_JPEG"_L1,
    "EXIF PICTURE"_L1,
    "SAMSUNG"_L1,
    "<KENOX"_L1,
    "<Digimax"_L1,
    "PENTAX Image"_L1,
    "My beautiful picture"_L1,
    "Untitled"_L1,
    "Created by"_L1,
    "Created with"_L1,
};

/// Scene codes that phones leave: "cof", "sdr", "oznor".
constexpr std::array kPhoneCodes{"cof"_L1,  "sdr"_L1, "hdr"_L1,   "dav"_L1,   "edf"_L1,  "rbt"_L1,
                                 "rhdr"_L1, "mde"_L1, "oznor"_L1, "ozedf"_L1, "burst"_L1};

} // namespace

std::optional<MetadataKind> kindOf(const std::string& key)
{
    if (std::find(kHarmless.begin(), kHarmless.end(), key) != kHarmless.end())
        return std::nullopt;
    for (const Rule& rule : kRules) {
        if (key.find(rule.part) != std::string::npos)
            return rule.kind;
    }
    return MetadataKind::Other;
}

bool isBoilerplate(const QString& description)
{
    const auto startsIt = [&](QLatin1StringView text) {
        return description.startsWith(text, Qt::CaseInsensitive);
    };
    return std::any_of(kBoilerplate.begin(), kBoilerplate.end(), startsIt) ||
           std::find(kPhoneCodes.begin(), kPhoneCodes.end(), description) != kPhoneCodes.end();
}

} // namespace vitrine::imaging
