// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/ingest.h"

#include "app/imaging/variants.h"

namespace vitrine::backend {
namespace {

Result<void> addVariant(Incoming& incoming, Form form, const QImage& image)
{
    const QByteArray jpeg = imaging::encodeJpeg(image);
    if (jpeg.isEmpty())
        return failure(ErrorKind::Internal, QStringLiteral("a variant could not be encoded"));
    return incoming.add(form, jpeg);
}

} // namespace

Result<void> ingest(Incoming& incoming, const imaging::Limits& limits, NewImage& properties)
{
    QFile original(incoming.originalPath());
    if (!original.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, original.errorString());
    const uchar* mapped = original.map(0, original.size());
    if (!mapped)
        return failure(ErrorKind::Storage, original.errorString());
    const QByteArrayView bytes(mapped, original.size());

    const auto info = imaging::probe(bytes, limits);
    if (!info)
        return failure(info.error());
    const imaging::Wanted everything{true, true, true, true};
    const auto variants = imaging::makeVariants(bytes, everything, limits);
    if (!variants)
        return failure(variants.error());
    if (variants->isDamaged)
        return failure(ErrorKind::DamagedImage);
    properties.type = imaging::mediaType(info->format);
    properties.size = info->size;
    properties.placeholder = variants->placeholder;
    if (auto added = addVariant(incoming, Form::Preview, variants->preview); !added)
        return added;
    if (auto added = addVariant(incoming, Form::Blurred, variants->blurred); !added)
        return added;
    return addVariant(incoming, Form::Highres, variants->highres);
}

} // namespace vitrine::backend
