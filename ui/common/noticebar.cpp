// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/noticebar.h"

#include "ui/common/icons.h"
#include "ui/common/textlabel.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kIconSide = 20;
constexpr int kStripe = 3; // of the level's colour, at the start of the line

QColor levelColor(NoticeBar::Level level, const Colors& colors)
{
    switch (level) {
    case NoticeBar::Level::Warning:
        return colors.warning;
    case NoticeBar::Level::Error:
        return colors.danger;
    case NoticeBar::Level::Info:
        break;
    }
    return colors.accentText;
}

} // namespace

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new TextLabel(this))
    , m_action(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_close->setIcon(icon(u"close"_s));
    m_close->setToolTip(tr("Put this notice away"));
    m_close->setAccessibleName(tr("Put this notice away"));
    m_close->setFocusPolicy(Qt::StrongFocus);
    setStyleRole(*m_close, "flat");
    m_action->setAutoDefault(false);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(spacing::Large, spacing::Small, spacing::Small, spacing::Small);
    layout->setSpacing(spacing::Medium);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close);

    connect(m_action, &QPushButton::clicked, this, &NoticeBar::actionTriggered);
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT dismissed();
    });
    hide();
}

void NoticeBar::tell(Level level, const QString& sentence, const QString& action, bool closable)
{
    m_level = level;
    drawIcon();
    m_text->setText(sentence);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_close->setVisible(closable);
    setAccessibleName(sentence);
    show();
    update();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void NoticeBar::clear()
{
    hide();
}

void NoticeBar::trigger()
{
    m_action->click();
}

QString NoticeBar::sentence() const
{
    return isHidden() ? QString() : m_text->text();
}

void NoticeBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawIcon();
}

void NoticeBar::drawIcon()
{
    const QString name = m_level == Level::Info ? u"info"_s : u"warning"_s;
    m_icon->setPixmap(icon(name, levelColor(m_level, Colors::of(palette())))
                          .pixmap(QSize(kIconSide, kIconSide), devicePixelRatio()));
}

void NoticeBar::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    const QColor color = levelColor(m_level, colors);
    QColor tint = color;
    tint.setAlphaF(isDark(palette()) ? 0.16F : 0.09F);
    QPainter painter(this);
    painter.fillRect(rect(), colors.panel);
    painter.fillRect(rect(), tint);
    const int x = layoutDirection() == Qt::RightToLeft ? width() - kStripe : 0;
    painter.fillRect(x, 0, kStripe, height(), color);
}

} // namespace vitrine::ui
