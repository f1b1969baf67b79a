// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/itempainter.h"

#include "ui/common/icons.h"
#include "ui/common/painting.h"

#include <QFontMetrics>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kCacheKilobytes = 96 * 1024;
constexpr int kOutline = 3;
constexpr double kOutlineGap = 1;
constexpr int kBadgeSide = 22;
constexpr int kLockSide = 44;
constexpr int kCaptionHeight = 56; // of the gradient under name and count

const QColor kScrim(0, 0, 0, 150);

/// A square badge in a corner of \a rect; \a atEnd is the end of the line.
QRect corner(const QRect& rect, bool atEnd, Qt::LayoutDirection direction)
{
    const bool right = atEnd == (direction == Qt::LeftToRight);
    const int x =
        right ? rect.right() + 1 - kBadgeSide - spacing::Small : rect.left() + spacing::Small;
    return {x, rect.top() + spacing::Small, kBadgeSide, kBadgeSide};
}

void paintRoundIcon(QPainter& painter, const QRect& circle, const QColor& background,
                    const QString& name, const QColor& foreground, double iconShare)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(background);
    painter.drawEllipse(circle);
    const int side = int(std::lround(circle.width() * iconShare));
    QRect target(0, 0, side, side);
    target.moveCenter(circle.center());
    paintIcon(painter, name, target, foreground);
}

void paintPicture(QPainter& painter, const QRect& rect, const ItemLook& look, const Colors& colors,
                  TileCache& tiles)
{
    const double ratio = painter.device()->devicePixelRatio();
    if (look.opacity < 1 || look.picture.isNull()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.line);
        painter.drawRoundedRect(rect, kCornerRadius, kCornerRadius);
        if (!look.placeholder.isNull())
            painter.drawPixmap(rect.topLeft(), tiles.tile(look.placeholder, rect.size(), ratio));
    }
    if (look.picture.isNull())
        return;
    painter.setOpacity(look.opacity);
    painter.drawPixmap(rect.topLeft(), tiles.tile(look.picture, rect.size(), ratio));
    painter.setOpacity(1);
}

void paintCaption(QPainter& painter, const QRect& rect, const ItemLook& look)
{
    QRect shade = rect;
    shade.setTop(std::max(rect.top(), rect.bottom() - kCaptionHeight));
    QLinearGradient gradient(shade.topLeft(), shade.bottomLeft());
    gradient.setColorAt(0, QColor(0, 0, 0, 0));
    gradient.setColorAt(1, QColor(0, 0, 0, 190));
    painter.save();
    painter.setClipRect(shade, Qt::IntersectClip);
    painter.setPen(Qt::NoPen);
    painter.setBrush(gradient);
    painter.drawRoundedRect(rect, kCornerRadius, kCornerRadius);
    painter.restore();

    const QFontMetrics metrics(painter.font(), painter.device());
    const QRect line = rect.adjusted(spacing::Small + 2, 0, -spacing::Small - 2, -spacing::Small);
    const bool leftToRight = look.direction == Qt::LeftToRight;
    const QString count = QLocale().toString(look.downloads);
    const int countWidth =
        look.downloads > 0 ? metrics.horizontalAdvance(count) + metrics.height() + 2 : 0;
    QRect name = line;
    QRect total = line;
    if (leftToRight) {
        name.setRight(line.right() - countWidth - spacing::Small);
        total.setLeft(line.right() + 1 - countWidth);
    } else {
        name.setLeft(line.left() + countWidth + spacing::Small);
        total.setRight(line.left() - 1 + countWidth);
    }
    painter.setPen(Qt::white);
    painter.drawText(name,
                     Qt::AlignBottom | Qt::AlignAbsolute | Qt::TextSingleLine |
                         (leftToRight ? Qt::AlignLeft : Qt::AlignRight),
                     metrics.elidedText(look.name, Qt::ElideMiddle, name.width()));
    if (countWidth == 0)
        return;
    QRect arrow(0, 0, metrics.height() - 2, metrics.height() - 2);
    arrow.moveBottom(total.bottom() - 1);
    leftToRight ? arrow.moveLeft(total.left()) : arrow.moveRight(total.right());
    paintIcon(painter, u"download"_s, arrow, Qt::white);
    painter.drawText(
        total, Qt::AlignBottom | Qt::AlignAbsolute | (leftToRight ? Qt::AlignRight : Qt::AlignLeft),
        count);
}

/// A dark label in the upper corner at the start of the line, beside the lock if one is there.
void paintMark(QPainter& painter, const QRect& rect, const ItemLook& look)
{
    QRect space = rect.adjusted(spacing::Small, spacing::Small, -spacing::Small, 0);
    space.setHeight(kBadgeSide);
    const bool leftToRight = look.direction == Qt::LeftToRight;
    if (look.isPrivate && !look.frosted)
        leftToRight ? space.setLeft(space.left() + kBadgeSide + spacing::Tight)
                    : space.setRight(space.right() - kBadgeSide - spacing::Tight);
    const QFontMetrics metrics(painter.font(), painter.device());
    const QString words =
        metrics.elidedText(look.mark, Qt::ElideRight, space.width() - 2 * spacing::Small);
    QRect label = space;
    label.setWidth(metrics.horizontalAdvance(words) + 2 * spacing::Small);
    if (!leftToRight)
        label.moveRight(space.right());
    painter.setPen(Qt::NoPen);
    painter.setBrush(kScrim);
    painter.drawRoundedRect(label, kBadgeSide / 2.0, kBadgeSide / 2.0);
    painter.setPen(Qt::white);
    painter.drawText(label, Qt::AlignCenter | Qt::TextSingleLine, words);
}

void paintMarks(QPainter& painter, const QRect& rect, const ItemLook& look, const Colors& colors)
{
    if (look.isPrivate && look.frosted) {
        const int side = std::min(kLockSide, std::min(rect.width(), rect.height()) / 2);
        QRect circle(0, 0, side, side);
        circle.moveCenter(rect.center());
        paintRoundIcon(painter, circle, QColor(255, 255, 255, 215), u"lock"_s, QColor(0xff1e1f24),
                       0.5);
    } else if (look.isPrivate) {
        paintRoundIcon(painter, corner(rect, false, look.direction), kScrim, u"lock"_s, Qt::white,
                       0.64);
    }
    if (!look.mark.isEmpty())
        paintMark(painter, rect, look);
    if (look.selected)
        paintRoundIcon(painter, corner(rect, true, look.direction), colors.accent, u"check"_s,
                       colors.onAccent, 0.73);
}

void paintOutline(QPainter& painter, const QRect& rect, const ItemLook& look, const Colors& colors)
{
    painter.setBrush(Qt::NoBrush);
    const double reach = kOutlineGap + kOutline / 2.0;
    const QRectF outline = QRectF(rect).adjusted(-reach, -reach, reach, reach);
    if (look.selected) {
        painter.setPen(QPen(colors.accent, kOutline));
        painter.drawRoundedRect(outline, kCornerRadius + reach, kCornerRadius + reach);
    }
    if (!look.focused)
        return;
    // The keyboard's place differs from the selection by shape: an inner line, light on dark.
    const QRectF inner = QRectF(rect).adjusted(2, 2, -2, -2);
    painter.setPen(QPen(QColor(0, 0, 0, 140), 4));
    painter.drawRoundedRect(inner, kCornerRadius - 2, kCornerRadius - 2);
    painter.setPen(QPen(Qt::white, 2));
    painter.drawRoundedRect(inner, kCornerRadius - 2, kCornerRadius - 2);
}

} // namespace

TileCache::TileCache() : m_tiles(kCacheKilobytes)
{}

QPixmap TileCache::tile(const QImage& picture, const QSize& size, double pixelRatio)
{
    const QSize pixels = (QSizeF(size) * pixelRatio).toSize();
    const Key key{picture.cacheKey(), pixels};
    if (const QPixmap* known = m_tiles.object(key))
        return *known;
    // Scaled first, with every pixel of the preview counted, then cut to round corners.
    const QImage scaled =
        picture.scaled(pixels, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    QPixmap tile(pixels);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    paintCovering(painter, scaled, QRectF(QPointF(), QSizeF(pixels)), kCornerRadius * pixelRatio);
    painter.end();
    tile.setDevicePixelRatio(pixelRatio);
    m_tiles.insert(key, new QPixmap(tile), 1 + pixels.width() * pixels.height() * 4 / 1024);
    return tile;
}

void paintItem(QPainter& painter, const QRect& rect, const ItemLook& look, const Colors& colors,
               TileCache& tiles)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintPicture(painter, rect, look, colors, tiles);
    if (look.hovered || look.focused)
        paintCaption(painter, rect, look);
    paintMarks(painter, rect, look, colors);
    paintOutline(painter, rect, look, colors);
    painter.restore();
}

} // namespace vitrine::ui
