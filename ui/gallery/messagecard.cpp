// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/messagecard.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace vitrine::ui {

namespace {
constexpr QSize kCard{560, 380};
constexpr int kMessageRadius = 16;
constexpr int kMessageIcon = 88;
constexpr double kLineSpacing = 145; // percent
} // namespace

MessageCard::MessageCard(const QString& iconName, Edge edge, QWidget* parent)
    : QWidget(parent)
    , m_iconName(iconName)
    , m_edge(edge)
    , m_icon(new QLabel(this))
    , m_headline(new QLabel(this))
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
{
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setAlignment(Qt::AlignCenter);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    setStyleRole(*m_text, "muted");

    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(0);
    layout->addStretch();
    layout->addWidget(m_icon, 0, Qt::AlignCenter);
    layout->addSpacing(spacing::Medium);
    layout->addWidget(m_headline, 0, Qt::AlignCenter);
    layout->addSpacing(spacing::Medium);
    layout->addWidget(m_text);
    layout->addSpacing(spacing::Wide);
    layout->addWidget(m_button, 0, Qt::AlignCenter);
    layout->addStretch();
    connect(m_button, &QPushButton::clicked, this, &MessageCard::buttonClicked);
    updateLook();
}

void MessageCard::say(const QString& headline, const QString& text, const QString& button)
{
    m_headline->setText(headline);
    QString lines = text.toHtmlEscaped();
    lines.replace(u'\n', QStringLiteral("<br>"));
    m_text->setText(
        QStringLiteral("<p style='line-height:%1%'>%2</p>").arg(kLineSpacing).arg(lines));
    m_text->setVisible(!text.isEmpty());
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setAccessibleName(headline);
    setAccessibleDescription(text);
}

void MessageCard::setEdge(Edge edge)
{
    m_edge = edge;
    updateLook();
    update();
}

void MessageCard::setPrimaryButton()
{
    setStyleRole(*m_button, "primary");
}

QRect MessageCard::cardRect() const
{
    const QSize room(width() - 2 * spacing::Wide, height() - 2 * spacing::Wide);
    QRect card(QPoint(), kCard.boundedTo(room).expandedTo({1, 1}));
    card.moveCenter(rect().center());
    return card;
}

void MessageCard::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), colors.canvas);
    if (m_edge == Edge::None)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(colors.line, 2);
    pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.setBrush(colors.panel);
    painter.drawRoundedRect(QRectF(cardRect()).adjusted(1, 1, -1, -1), kMessageRadius,
                            kMessageRadius);
}

void MessageCard::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::FontChange)
        updateLook();
}

void MessageCard::updateLook()
{
    const Colors colors = Colors::of(palette());
    const QColor color = m_edge == Edge::Dashed ? colors.accentText : colors.muted;
    m_icon->setPixmap(
        icon(m_iconName, color).pixmap(QSize(kMessageIcon, kMessageIcon), devicePixelRatio()));
    const QFont headline = titleFont(font());
    if (m_headline->font() != headline)
        m_headline->setFont(headline);
}

} // namespace vitrine::ui
