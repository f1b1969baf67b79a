// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/writealttext.h"

#include "app/imaging/pipeline/exiv2setup.h"

#include <exiv2/exiv2.hpp>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

constexpr char kKey[] = "Xmp.iptc.AltTextAccessibility";
constexpr char kStandard[] = "x-default";

/// Where Exiv2 can write XMP.
bool canHoldText(Format format)
{
    return format == Format::Jpeg || format == Format::Png || format == Format::WebP ||
           format == Format::Tiff;
}

/// The texts that are there, by language; one that stands without a language is the standard one.
Exiv2::LangAltValue textsOf(const Exiv2::XmpData& xmp)
{
    Exiv2::LangAltValue texts;
    const auto found = xmp.findKey(Exiv2::XmpKey(kKey));
    if (found == xmp.end())
        return texts;
    if (const auto* known = dynamic_cast<const Exiv2::LangAltValue*>(&found->value()))
        texts.value_ = known->value_;
    else
        texts.value_[kStandard] = found->toString();
    return texts;
}

/// Built as LangAlt, as IPTC defines it: Exiv2 0.27 would take it for plain text.
void setText(Exiv2::XmpData& xmp, const QString& text)
{
    Exiv2::LangAltValue texts = textsOf(xmp);
    if (text.isEmpty())
        texts.value_.erase(kStandard);
    else
        texts.value_[kStandard] = text.toStdString();
    const Exiv2::XmpKey key(kKey);
    if (const auto found = xmp.findKey(key); found != xmp.end())
        xmp.erase(found);
    if (!texts.value_.empty())
        xmp.add(key, &texts);
}

Result<QByteArray> rewritten(QByteArrayView bytes, const QString& text)
{
    const auto image =
        Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(bytes.data()), bytes.size());
    if (!image.get())
        return failure(ErrorKind::DamagedImage, u"no picture that can hold a text"_s);
    image->readMetadata();
    setText(image->xmpData(), text);
    image->writeMetadata();
    Exiv2::BasicIo& io = image->io();
    QByteArray written(qsizetype(io.size()), Qt::Uninitialized);
    io.seek(0, Exiv2::BasicIo::beg);
    const auto read = io.read(reinterpret_cast<Exiv2::byte*>(written.data()), written.size());
    if (qsizetype(read) != written.size())
        return failure(ErrorKind::Internal, u"what was written could not be read"_s);
    return written;
}

} // namespace

Result<QByteArray> writeAltText(QByteArrayView bytes, Format format, const QString& text)
{
    if (!canHoldText(format))
        return failure(ErrorKind::UnsupportedImage, mediaType(format));
    setUpExiv2();
    try {
        return rewritten(bytes, text);
    } catch (const std::exception& error) {
        return failure(ErrorKind::DamagedImage, QString::fromLocal8Bit(error.what()));
    }
}

} // namespace vitrine::imaging
