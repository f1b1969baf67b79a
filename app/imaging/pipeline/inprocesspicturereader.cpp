// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/inprocesspicturereader.h"

#include "app/base/mappedfile.h"
#include "app/imaging/pipeline/makevariants.h"
#include "app/imaging/pipeline/probe.h"
#include "app/imaging/pipeline/readmetadata.h"
#include "app/imaging/pipeline/stripmetadata.h"
#include "app/imaging/pipeline/writealttext.h"

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

/// \a image as JPEG, and null afterwards; empty for a null one.
Result<QByteArray> taken(QImage& image)
{
    if (image.isNull())
        return QByteArray();
    QByteArray jpeg = encodeJpeg(image);
    if (jpeg.isEmpty())
        return failure(ErrorKind::TooManyPixels, u"no memory for the JPEG"_s);
    image = QImage();
    return jpeg;
}

Result<void> encodeVariants(Findings& findings)
{
    Variants& pixels = findings.variants;
    EncodedVariants& encoded = findings.encoded;
    for (auto [image, jpeg] : {std::pair(&pixels.preview, &encoded.preview),
                               std::pair(&pixels.blurred, &encoded.blurred),
                               std::pair(&pixels.highres, &encoded.highres)}) {
        auto bytes = taken(*image);
        if (!bytes)
            return failure(bytes.error());
        *jpeg = *std::move(bytes);
    }
    return {};
}

Result<void> addVariants(Findings& findings, QByteArrayView bytes, const ReadOrder& order)
{
    auto variants = makeVariants(bytes, order.variants, order.limits);
    if (!variants)
        return failure(variants.error());
    findings.variants = *std::move(variants);
    return order.encodesVariants ? encodeVariants(findings) : Result<void>();
}

Result<void> addFitted(Findings& findings, QByteArrayView bytes, const ReadOrder& order)
{
    if (order.fitSide <= 0)
        return {};
    return decodeFitting(bytes, order.fitSide, order.limits).map([&](QImage image) {
        findings.fitted = std::move(image);
    });
}

Result<void> addStripped(Findings& findings, QByteArrayView bytes, const ReadOrder& order)
{
    if (!order.strips)
        return {};
    return stripMetadata(bytes, findings.info.format).map([&](Stripped stripped) {
        findings.stripped = std::move(stripped);
    });
}

Result<void> addDescribed(Findings& findings, QByteArrayView bytes, const ReadOrder& order)
{
    if (!order.altText)
        return {};
    return writeAltText(bytes, findings.info.format, *order.altText).map([&](QByteArray described) {
        findings.described = std::move(described);
    });
}

Result<Findings> readBytes(QByteArrayView bytes, const ReadOrder& order)
{
    const auto info = probe(bytes, order.limits);
    if (!info)
        return failure(info.error());
    Findings findings;
    findings.info = *info;
    if (order.metadata)
        findings.metadata = readMetadata(bytes, order.languages);
    if (order.embeddedThumbnail)
        findings.embeddedThumbnail = embeddedThumbnail(bytes);
    return addVariants(findings, bytes, order)
        .and_then([&] { return addFitted(findings, bytes, order); })
        .and_then([&] { return addStripped(findings, bytes, order); })
        .and_then([&] { return addDescribed(findings, bytes, order); })
        .map([&] { return std::move(findings); });
}

} // namespace

Result<Findings> InProcessPictureReader::read(const PictureSource& source,
                                              const ReadOrder& order) const
{
    if (const auto* bytes = std::get_if<QByteArrayView>(&source))
        return readBytes(*bytes, order);
    const auto& file = std::get<OpenFile>(source);
    return MappedFile::map(file.descriptor, file.size).and_then([&](const MappedFile& mapped) {
        return readBytes(mapped.bytes(), order);
    });
}

} // namespace vitrine::imaging
