// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/picturereader.h"

/// What goes over the line, field by field; each function serves both ways. The bindings name all
/// fields of a struct: one that is added there does not compile here until it is carried, too.
/// Line is a LineWriter or a LineReader: called with fields, it writes or reads each.
namespace vitrine::decoding {

template <typename Line>
void carry(Line& line, imaging::Limits& limits)
{
    auto& [bytes, pixels, side, frames, pixelsPerByte] = limits;
    line(bytes, pixels, side, frames, pixelsPerByte);
}

template <typename Line>
void carry(Line& line, imaging::Wanted& wanted)
{
    auto& [preview, blurred, highres, placeholder, perceptualHash, scaling] = wanted;
    line(preview, blurred, highres, placeholder, perceptualHash, scaling);
}

template <typename Line>
void carry(Line& line, imaging::ReadOrder& order)
{
    auto& [limits, variants, encodes, fitSide, thumbnail, metadata, strips, alt, languages,
           isPatient] = order;
    line(limits, variants, encodes, fitSide, thumbnail, metadata, strips, alt, languages,
         isPatient);
}

template <typename Line>
void carry(Line& line, QSize& size)
{
    int width = size.width();
    int height = size.height();
    line(width, height);
    size = QSize(width, height);
}

template <typename Line>
void carry(Line& line, imaging::ImageInfo& info)
{
    auto& [format, size, orientation, isProgressive, isAnimated, frames] = info;
    line(format, size, orientation, isProgressive, isAnimated, frames);
}

template <typename Line, typename T>
void carry(Line& line, std::optional<T>& field)
{
    bool isThere = field.has_value();
    T value = field.value_or(T());
    line(isThere, value);
    field = isThere ? std::optional(value) : std::nullopt;
}

template <typename Line>
void carry(Line& line, imaging::Variants& variants)
{
    auto& [preview, blurred, highres, placeholder, perceptualHash, isDamaged] = variants;
    line(preview, blurred, highres, placeholder, perceptualHash, isDamaged);
}

template <typename Line>
void carry(Line& line, imaging::EncodedVariants& encoded)
{
    auto& [preview, blurred, highres] = encoded;
    line(preview, blurred, highres);
}

template <typename Line>
void carry(Line& line, imaging::MetadataReport& report)
{
    auto& [kinds, altText] = report;
    line(kinds, altText);
}

template <typename Line>
void carry(Line& line, imaging::Stripped& stripped)
{
    auto& [bytes, removed] = stripped;
    line(bytes, removed);
}

template <typename Line>
void carry(Line& line, imaging::Findings& findings)
{
    auto& [info, variants, encoded, fitted, thumbnail, metadata, stripped, described] = findings;
    line(info, variants, encoded, fitted, thumbnail, metadata, stripped, described);
}

} // namespace vitrine::decoding
