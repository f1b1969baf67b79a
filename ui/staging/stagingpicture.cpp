// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/staging/stagingpicture.h"

#include "ui/common/icons.h"
#include "ui/common/painting.h"
#include "ui/common/theme.h"

#include <QPainter>

namespace vitrine::ui {
namespace {

constexpr double kDimmed = 0.22;
constexpr int kBadge = 32; // logical pixels
constexpr int kBadgeIcon = 18;

void paintBadge(QPainter& painter, const QString& icon, const QRectF& area, bool hasPicture,
                const Colors& colors)
{
    QRectF disc(0, 0, kBadge, kBadge);
    disc.moveCenter(area.center());
    if (hasPicture) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(255, 255, 255, 217));
        painter.drawEllipse(disc);
    }
    QRectF symbol(0, 0, kBadgeIcon, kBadgeIcon);
    symbol.moveCenter(area.center());
    paintIcon(painter, icon, symbol, hasPicture ? QColor(0x1e, 0x1f, 0x24) : colors.muted);
}

} // namespace

StagingPicture::StagingPicture(QSize size, QWidget* parent) : QWidget(parent)
{
    setFixedSize(size);
}

void StagingPicture::setPicture(const QImage& picture)
{
    if (picture.cacheKey() == m_picture.cacheKey())
        return;
    m_picture = picture;
    update();
}

void StagingPicture::setDimmed(bool dimmed)
{
    m_isDimmed = dimmed;
    update();
}

void StagingPicture::setBadge(const QString& icon)
{
    m_badge = icon;
    update();
}

void StagingPicture::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.line);
    painter.setOpacity(m_picture.isNull() ? 0.6 : m_isDimmed ? kDimmed : 1);
    painter.drawRoundedRect(QRectF(rect()), kCornerRadius, kCornerRadius);
    if (!m_picture.isNull())
        paintCovering(painter, m_picture, rect(), kCornerRadius);
    painter.setOpacity(1);
    if (!m_badge.isEmpty())
        paintBadge(painter, m_badge, rect(), !m_picture.isNull(), colors);
}

} // namespace vitrine::ui
