// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/anonymousprofile.h"

#include "app/imaging/pipeline/icctags.h"
#include "app/imaging/pipeline/isoboxes.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

using namespace std::string_view_literals;

/// What transforms are made from, and the gamut that profiles of presses have to have (ICC.1:2022,
/// sections 8 and 9.2; the black point of version 2).
constexpr std::array kColourTransformTags{
    "rXYZ"sv, "gXYZ"sv, "bXYZ"sv, "rTRC"sv, "gTRC"sv, "bTRC"sv, "kTRC"sv, "wtpt"sv, "bkpt"sv,
    "chad"sv, "cicp"sv, "A2B0"sv, "A2B1"sv, "A2B2"sv, "B2A0"sv, "B2A1"sv, "B2A2"sv, "D2B0"sv,
    "D2B1"sv, "D2B2"sv, "D2B3"sv, "B2D0"sv, "B2D1"sv, "B2D2"sv, "B2D3"sv, "gamt"sv};

/// Not needed, but of the kind that is the same for everybody: names (in many languages, "dscm"),
/// copyright, and the standard's conditions and states.
constexpr std::array kSilentTags{"desc"sv, "dscm"sv, "cprt"sv, "chrm"sv, "lumi"sv, "meas"sv,
                                 "tech"sv, "view"sv, "ciis"sv, "rig0"sv, "rig2"sv};

/// Texts of the profiles that most pictures come with.
constexpr std::array kStandardTexts{"sRGB"_L1,
                                    "sRGB built-in"_L1,
                                    "sRGB IEC61966-2.1"_L1,
                                    "GIMP built-in sRGB"_L1,
                                    "c2"_L1, // sRGB in as few bytes as can be
                                    "Display P3"_L1,
                                    "Adobe RGB (1998)"_L1,
                                    "ProPhoto RGB"_L1,
                                    "Generic RGB Profile"_L1,
                                    "Generic Gray Gamma 2.2 Profile"_L1,
                                    "Gray Gamma 2.2"_L1,
                                    "Dot Gain 20%"_L1,
                                    "GIMP"_L1,
                                    "IEC http://www.iec.ch"_L1,
                                    "IEC 61966-2.1 Default RGB colour space - sRGB"_L1,
                                    "Reference Viewing Condition in IEC61966-2.1"_L1};

template <typename Names>
bool hasSignature(const Names& names, const IccTag& tag)
{
    const std::string_view signature(tag.signature.data(), size_t(tag.signature.size()));
    return std::find(names.begin(), names.end(), signature) != names.end();
}

bool isStandardText(const QString& text)
{
    return std::find(kStandardTexts.begin(), kStandardTexts.end(), text) != kStandardTexts.end();
}

QString anonymousName(const QList<IccTag>& tags)
{
    for (const IccTag& tag : tags) {
        const QString name = tag.signature == "desc" ? iccText(tag.data) : QString();
        if (isStandardText(name))
            return name;
    }
    return u"ICC profile"_s;
}

/// Version, class, colour space and that of the connection, signature, rendering intent and
/// illuminant (ICC.1:2022, table 17) stay; maker, model and all that is made up at will is zero.
QByteArray anonymousHeader(QByteArrayView profile)
{
    struct Field {
        qsizetype at, size;
    };
    constexpr std::array kept{Field{8, 2},  Field{12, 4}, Field{16, 4}, Field{20, 4},
                              Field{36, 4}, Field{64, 4}, Field{68, 12}};
    constexpr qsizetype dateAt = 24;
    QByteArray date; // there has to be one: the beginning of 2000
    for (const int number : {2000, 1, 1, 0, 0, 0})
        appendIsoNumber(date, quint64(number), 2);
    QByteArray header(kIccHeaderSize, '\0');
    for (const Field& field : kept)
        header.replace(field.at, field.size, profile.sliced(field.at, field.size));
    return header.replace(dateAt, date.size(), date);
}

/// A text of version 4 (ICC.1:2022, section 10.15), in one language.
QByteArray localizedText(const QString& text)
{
    constexpr int recordSize = 12, textAt = 28;
    QByteArray data("mluc\0\0\0\0", 8);
    appendIsoNumber(data, 1, 4);
    appendIsoNumber(data, recordSize, 4);
    data.append("enUS");
    appendIsoNumber(data, quint64(2 * text.size()), 4);
    appendIsoNumber(data, textAt, 4);
    for (const QChar character : text)
        appendIsoNumber(data, character.unicode(), 2);
    return data;
}

/// A name of version 2 (ICC.1:2001-04, section 6.5.17), in ASCII and nothing else.
QByteArray asciiName(const QString& text)
{
    constexpr qsizetype unicodeAndScript = 4 + 4 + 2 + 1 + 67;
    QByteArray data("desc\0\0\0\0", 8);
    appendIsoNumber(data, quint64(text.size()) + 1, 4);
    return data.append(text.toLatin1()).append(1 + unicodeAndScript, '\0');
}

QByteArray asciiText(const QString& text)
{
    return QByteArray("text\0\0\0\0", 8).append(text.toLatin1()).append('\0');
}

/// Header, table and data, which tags share that shared it before.
QByteArray assembled(QByteArray profile, const QList<IccTag>& tags)
{
    const qsizetype dataAt = kIccHeaderSize + 4 + kIccEntrySize * tags.size();
    std::map<std::pair<const char*, qsizetype>, quint64> places;
    QByteArray data;
    appendIsoNumber(profile, quint64(tags.size()), 4);
    for (const IccTag& tag : tags) {
        const auto [place, isNew] =
            places.try_emplace({tag.data.data(), tag.data.size()}, quint64(dataAt + data.size()));
        if (isNew)
            data.append(tag.data).append(-tag.data.size() & 3, '\0'); // aligned to four bytes
        profile.append(tag.signature);
        appendIsoNumber(profile, place->second, 4);
        appendIsoNumber(profile, quint64(tag.data.size()), 4);
    }
    profile.append(data);
    QByteArray size;
    appendIsoNumber(size, quint64(profile.size()), 4);
    return profile.replace(0, size.size(), size);
}

std::optional<MetadataKind> kindOfTag(const IccTag& tag)
{
    // macOS's and colord's, which have it from the display (EDID).
    if (tag.signature == "mmod" || tag.signature == "meta")
        return MetadataKind::SerialNumber;
    const bool isSilent = hasSignature(kColourTransformTags, tag) || hasSignature(kSilentTags, tag);
    return isSilent || isStandardText(iccText(tag.data)) ? std::nullopt
                                                         : std::optional(MetadataKind::Other);
}

/// Whether there is anything outside of header, table and tags, or behind what a kept tag needs.
bool hasMoreThan(const QList<IccTag>& tags, QByteArrayView profile)
{
    QByteArray rest = profile.toByteArray();
    const auto forget = [&](qsizetype at, qsizetype size) {
        std::fill_n(rest.begin() + at, size, '\0');
    };
    forget(0, kIccHeaderSize + 4 + kIccEntrySize * tags.size());
    for (const IccTag& tag : tags) {
        const bool isKept = hasSignature(kColourTransformTags, tag);
        const QByteArrayView told = isKept ? iccUsedData(tag.data) : tag.data;
        forget(told.data() - profile.data(), told.size());
    }
    return std::any_of(rest.begin(), rest.end(), [](char byte) { return byte != 0; });
}

} // namespace

Result<QByteArray> anonymousProfile(QByteArrayView profile)
{
    constexpr qsizetype version = 8;
    const auto tags = readIccTags(profile);
    if (!tags)
        return failure(tags.error());
    const bool isNew = profile[version] >= 4;
    const QString name = anonymousName(*tags), copyright = u"Not stated"_s;
    const QByteArray nameData = isNew ? localizedText(name) : asciiName(name);
    const QByteArray copyrightData = isNew ? localizedText(copyright) : asciiText(copyright);
    QList<IccTag> kept{{"desc", nameData}, {"cprt", copyrightData}};
    for (const IccTag& tag : *tags) {
        if (hasSignature(kColourTransformTags, tag))
            kept.append({tag.signature, iccUsedData(tag.data)});
    }
    QByteArray anonymous = assembled(anonymousHeader(profile), kept);
    if (anonymous.size() > kMostProfileBytes) // by what was put in and aligned
        return failure(ErrorKind::UnsupportedImage, u"a colour profile that is too large"_s);
    return anonymous;
}

QSet<MetadataKind> profileKinds(QByteArrayView profile)
{
    const auto tags = readIccTags(profile);
    if (!tags)
        return {MetadataKind::Other};
    QSet<MetadataKind> kinds;
    for (const IccTag& tag : *tags) {
        if (const auto kind = kindOfTag(tag))
            kinds.insert(*kind);
    }
    if (hasMoreThan(*tags, profile))
        kinds.insert(MetadataKind::Other);
    return kinds;
}

} // namespace vitrine::imaging
