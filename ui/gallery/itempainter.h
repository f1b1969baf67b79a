// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QCache>
#include <QImage>
#include <QPixmap>
#include <QRect>
#include <QString>

class QPainter;

namespace vitrine::ui {

/// All that decides how one picture of the gallery looks.
struct ItemLook {
    QImage picture;     ///< null until loaded; already the frosted one if it is to be frosted
    QImage placeholder; ///< tiny; may be null
    double opacity = 1; ///< of the picture over its placeholder
    QString name;       ///< shown while hovered or focused
    qint64 downloads = 0;
    QString mark; ///< a word or two on what the server does not know yet; empty for nothing
    bool isPrivate = false;
    bool frosted = false;
    bool selected = false;
    bool focused = false; ///< has the keyboard
    bool hovered = false;
    Qt::LayoutDirection direction = Qt::LeftToRight;
};

/// Pictures cut and scaled to their place, so that scrolling only copies pixels. Bounded.
class TileCache
{
public:
    TileCache();

    /// \a size in device-independent pixels.
    QPixmap tile(const QImage& picture, const QSize& size, double pixelRatio);

private:
    struct Key {
        qint64 picture;
        QSize size;
        bool operator==(const Key&) const = default;
        friend size_t qHash(const Key& key, size_t seed = 0)
        {
            return qHashMulti(seed, key.picture, key.size.width(), key.size.height());
        }
    };
    QCache<Key, QPixmap> m_tiles;
};

/// Paints one picture with its marks into \a rect. The outline of a selected one reaches four
/// pixels beyond.
void paintItem(QPainter& painter, const QRect& rect, const ItemLook& look, const Colors& colors,
               TileCache& tiles);

/// How far marks reach beyond an item's rectangle.
inline constexpr int kItemOverhang = 4;

} // namespace vitrine::ui
