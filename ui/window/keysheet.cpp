// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/keysheet.h"

#include "ui/common/textlabel.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QGridLayout>
#include <QKeyEvent>
#include <QKeySequence>
#include <QLabel>
#include <QPainter>

#include <array>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr double kSheetRadius = 12;

QString keys(QKeyCombination combination)
{
    return QKeySequence(combination).toString(QKeySequence::NativeText);
}

// What a keyboard calls its keys, so that it is known in our languages also where Qt's own
// translations are not installed.
[[maybe_unused]] constexpr std::array kKeyNames{
    QT_TRANSLATE_NOOP("QShortcut", "Ctrl"),   QT_TRANSLATE_NOOP("QShortcut", "Shift"),
    QT_TRANSLATE_NOOP("QShortcut", "Return"), QT_TRANSLATE_NOOP("QShortcut", "Del"),
    QT_TRANSLATE_NOOP("QShortcut", "Esc"),    QT_TRANSLATE_NOOP("QShortcut", "PgUp"),
    QT_TRANSLATE_NOOP("QShortcut", "PgDown")};

} // namespace

KeySheet::KeySheet(QWidget& window) : QWidget(&window), m_card(new QWidget(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Keys"));
    auto* grid = new QGridLayout(m_card);
    grid->setContentsMargins(spacing::Page, spacing::Wide, spacing::Page, spacing::Page);
    grid->setHorizontalSpacing(spacing::Wide);
    grid->setVerticalSpacing(spacing::Small);
    addColumn(*grid, 0, tr("Pictures"),
              {{tr("Arrows, Home, End"), tr("Move")},
               {u"%1 %2"_s.arg(keys(Qt::Key_PageUp), keys(Qt::Key_PageDown)), tr("Move by a page")},
               {tr("Space, Enter"), tr("Open")},
               {u"+ − 0 1"_s, tr("Opened: larger, smaller, fitted, each pixel")},
               {keys(Qt::Key_Escape), tr("Back")},
               {keys(Qt::Key_P), tr("Private or public")},
               {keys(Qt::Key_E), tr("Edit the alt text")},
               {keys(Qt::CTRL | Qt::Key_Return), tr("Keep the alt text")},
               {keys(Qt::Key_D), tr("Download")},
               {keys(Qt::SHIFT | Qt::Key_D), tr("Download the original")},
               {keys(Qt::Key_O), tr("As others see it")},
               {keys(Qt::Key_Delete), tr("Delete")},
               {keys(Qt::CTRL | Qt::Key_A), tr("Select all")}});
    addColumn(*grid, 3, tr("Window"),
              {{keys(Qt::CTRL | Qt::Key_O), tr("Choose pictures to share")},
               {keys(Qt::CTRL | Qt::Key_V), tr("Paste pictures to share")},
               {keys(Qt::CTRL | Qt::Key_Return), tr("Share them")},
               {keys(Qt::CTRL | Qt::Key_Z), tr("Undo")},
               {keys(Qt::CTRL | Qt::Key_F), tr("Search")},
               {keys(Qt::Key_Escape), tr("Clear the search, put away a list")},
               {keys(Qt::CTRL | Qt::Key_Home), tr("In the list of transfers: send first")},
               {keys(Qt::Key_F5), tr("Refresh")},
               {tr("%1 to %2").arg(keys(Qt::ALT | Qt::Key_1), keys(Qt::ALT | Qt::Key_9)),
                tr("First to ninth account")},
               {u"%1 %2 %3"_s.arg(keys(Qt::CTRL | Qt::Key_Plus), keys(Qt::CTRL | Qt::Key_Minus),
                                  keys(Qt::CTRL | Qt::Key_0)),
                tr("Size of the pictures")},
               {keys(Qt::Key_F9), tr("Fold the left side")},
               {keys(Qt::Key_F11), tr("Fold the right side")}});
    grid->setColumnMinimumWidth(2, spacing::Page);
    window.installEventFilter(this);
    hide();
}

void KeySheet::open()
{
    m_focusBefore = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    m_card->adjustSize();
    m_card->move(rect().center() - m_card->rect().center());
    show();
    raise();
    setFocus();
}

void KeySheet::close()
{
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus();
}

void KeySheet::addColumn(QGridLayout& grid, int column, const QString& title,
                         const QList<std::pair<QString, QString>>& keys)
{
    auto* heading = new TextLabel(title, m_card);
    heading->setFont(titleFont(font()));
    grid.addWidget(heading, 0, column, 1, 2);
    int row = 1;
    for (const auto& [key, meaning] : keys) {
        auto* keyLabel = new QLabel(key, m_card);
        setStyleRole(*keyLabel, "strong");
        auto* meaningLabel = new TextLabel(meaning, m_card);
        setStyleRole(*meaningLabel, "muted");
        grid.addWidget(keyLabel, row, column);
        grid.addWidget(meaningLabel, row, column + 1);
        ++row;
    }
}

bool KeySheet::eventFilter(QObject* object, QEvent* event)
{
    if (object == parentWidget() && event->type() == QEvent::Resize && isVisible()) {
        setGeometry(parentWidget()->rect());
        m_card->move(rect().center() - m_card->rect().center());
    }
    return QWidget::eventFilter(object, event);
}

void KeySheet::keyPressEvent(QKeyEvent*)
{
    close();
}

void KeySheet::mousePressEvent(QMouseEvent*)
{
    close();
}

void KeySheet::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), QColor(0, 0, 0, 110));
    painter.setPen(colors.line);
    painter.setBrush(colors.panel);
    painter.drawRoundedRect(QRectF(m_card->geometry()), kSheetRadius, kSheetRadius);
}

} // namespace vitrine::ui
