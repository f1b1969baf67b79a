// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/readback.h"

#include "app/base/sha256.h"
#include "app/base/whendone.h"
#include "app/imaging/perceptualhash.h"

#include <QtConcurrentRun>

#include <cmath>

namespace vitrine::transfer {
namespace {

constexpr qsizetype kMostWaiting = 100;
constexpr qint64 kLargestOriginal = 20'000'000; // bytes
constexpr qint64 kLargestPreview = 5'000'000;
constexpr double kShapesDiffer = 0.03; // of a side, by rounding

/// Whether both have the same proportions and look alike, as far as a perceptual hash can tell. Of
/// pictures without any structure it cannot.
bool looksLike(const QImage& theirs, const QImage& ours)
{
    const auto shape = [](const QImage& image) { return double(image.width()) / image.height(); };
    if (theirs.isNull() || ours.isNull() ||
        std::abs(shape(theirs) / shape(ours) - 1) > kShapesDiffer)
        return false;
    const auto left = imaging::perceptualHash(theirs);
    const auto right = imaging::perceptualHash(ours);
    return left && right && imaging::areAlike(*left, *right);
}

} // namespace

ReadBack::ReadBack(api::ApiClient& client, const imaging::PictureReader& pictures, QObject* parent)
    : QObject(parent), m_client(client), m_pictures(pictures)
{
    m_pool.setMaxThreadCount(1);
}

ReadBack::~ReadBack()
{
    m_pool.waitForDone();
}

void ReadBack::look(const Transfer& upload, const QImage& preview)
{
    if (!upload.item || m_waiting.size() >= kMostWaiting)
        return;
    Order order{.key = upload.key, .preview = preview};
    const bool hasOriginal = m_client.givesOriginals() && !upload.imageId.isEmpty() &&
                             !upload.sha256.isEmpty() && upload.bytes <= kLargestOriginal;
    if (hasOriginal) {
        order.url = m_client.originalUrl(upload.imageId);
        order.limit = upload.bytes;
        order.sha256 = upload.sha256;
    } else if (upload.item->previewUrl.isValid() && !preview.isNull()) {
        order.url = upload.item->previewUrl;
        order.limit = kLargestPreview;
    } else {
        return;
    }
    m_waiting.enqueue(order);
    next();
}

void ReadBack::next()
{
    if (m_isLooking || m_waiting.isEmpty())
        return;
    m_isLooking = true;
    const Order order = m_waiting.dequeue();
    const auto fetched = m_client.fetch(order.url, order.limit, api::Urgency::Background);
    const auto compared = whenDone(this, fetched, [this, order](const Result<QByteArray>& bytes) {
        return QtConcurrent::run(&m_pool, [order, bytes, pictures = &m_pictures] {
            return bytes && compare(order, *bytes, *pictures);
        });
    });
    whenDone(this, compared, [this, key = order.key](bool same) {
        m_isLooking = false;
        if (same)
            Q_EMIT isSame(key);
        next();
    });
}

bool ReadBack::compare(const Order& order, const QByteArray& bytes,
                       const imaging::PictureReader& pictures)
{
    if (!order.sha256.isEmpty())
        return sha256(bytes) == order.sha256;
    const auto found = pictures.read(QByteArrayView(bytes), {.variants = {.preview = true}});
    return found && looksLike(found->variants.preview, order.preview);
}

} // namespace vitrine::transfer
