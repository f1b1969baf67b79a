// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <optional>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

namespace {

/// \a size in device pixels.
QPixmap tintedPixmap(const QString& name, const QSize& size, const QColor& color)
{
    const QString key =
        u"vitrine/%1/%2x%3/%4"_s.arg(name).arg(size.width()).arg(size.height()).arg(color.rgba());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(u":/icons/%1.svg"_s.arg(name)).render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), color);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

/// Tints when it paints, so that the same QIcon is right in light, dark, disabled and selected.
class TintedEngine final : public QIconEngine
{
public:
    TintedEngine(QString name, QPalette::ColorRole role, std::optional<QColor> fixed)
        : m_name(std::move(name)), m_role(role), m_fixed(std::move(fixed))
    {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(*painter, m_name, rect, color(mode));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return tintedPixmap(m_name, size, color(mode));
    }

    QIconEngine* clone() const override { return new TintedEngine(*this); }

private:
    QColor color(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (m_fixed) {
            QColor color = *m_fixed;
            if (mode == QIcon::Disabled)
                color.setAlphaF(color.alphaF() * 0.4F);
            return color;
        }
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, m_role);
        return palette.color(QPalette::Active, m_role);
    }

    QString m_name;
    QPalette::ColorRole m_role;
    std::optional<QColor> m_fixed;
};

} // namespace

QIcon icon(const QString& name, QPalette::ColorRole role)
{
    return QIcon(new TintedEngine(name, role, std::nullopt));
}

QIcon icon(const QString& name, const QColor& color)
{
    return QIcon(new TintedEngine(name, QPalette::NoRole, color));
}

void paintIcon(QPainter& painter, const QString& name, const QRectF& target, const QColor& color)
{
    const double ratio = painter.device()->devicePixelRatio();
    QPixmap pixmap = tintedPixmap(name, (target.size() * ratio).toSize(), color);
    pixmap.setDevicePixelRatio(ratio);
    painter.drawPixmap(target.topLeft(), pixmap);
}

QIcon applicationIcon()
{
    return QIcon(u":/icons/vitrine.svg"_s);
}

} // namespace vitrine::ui
