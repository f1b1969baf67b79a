// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/picturepreview.h"

#include "ui/common/icons.h"
#include "ui/common/painting.h"
#include "ui/common/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kMosaic = 4;
constexpr int kMosaicGap = 4;
constexpr double kUsualShape = 3.0 / 2;
constexpr double kTallest =
    0.9; // width divided by height: a portrait is cut, not a whole panel high
constexpr double kWidestPreview = 2.6;
constexpr int kPreviewLock = 40;
} // namespace

PicturePreview::PicturePreview(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void PicturePreview::setPictures(QList<Picture> pictures)
{
    m_pictures = std::move(pictures);
    m_pictures.resize(std::min(m_pictures.size(), qsizetype(kMosaic)));
    updateGeometry();
    update();
}

int PicturePreview::heightForWidth(int width) const
{
    double shape = kUsualShape;
    if (m_pictures.size() == 1 && !m_pictures.first().shape.isEmpty())
        shape = m_pictures.first().shape.width() / m_pictures.first().shape.height();
    return int(std::lround(width / std::clamp(shape, kTallest, kWidestPreview)));
}

QSize PicturePreview::sizeHint() const
{
    return {256, heightForWidth(256)};
}

QRectF PicturePreview::cell(qsizetype number) const
{
    const qsizetype count = m_pictures.size();
    if (count == 1)
        return rect();
    const double halfWidth = (width() - kMosaicGap) / 2.0;
    const double halfHeight = (height() - kMosaicGap) / 2.0;
    const bool right = number % 2 == 1;
    const bool whole = count == 2 || (count == 3 && number == 1);
    return {right ? halfWidth + kMosaicGap : 0, number < 2 ? 0 : halfHeight + kMosaicGap, halfWidth,
            whole ? double(height()) : halfHeight};
}

void PicturePreview::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (qsizetype i = 0; i < m_pictures.size(); ++i) {
        const Picture& picture = m_pictures[i];
        const QRectF place = cell(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.line);
        painter.drawRoundedRect(place, kCornerRadius, kCornerRadius);
        paintCovering(painter, picture.image, place, kCornerRadius);
        if (!picture.frosted)
            continue;
        QRectF circle(0, 0, kPreviewLock, kPreviewLock);
        circle.moveCenter(place.center());
        painter.setBrush(QColor(255, 255, 255, 215));
        painter.drawEllipse(circle);
        const double inset = kPreviewLock / 4.0;
        paintIcon(painter, u"lock"_s, circle.adjusted(inset, inset, -inset, -inset),
                  QColor(0xff1e1f24));
    }
}

} // namespace vitrine::ui
