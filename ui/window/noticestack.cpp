// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/noticestack.h"

#include <QTimer>
#include <QVBoxLayout>

namespace vitrine::ui {

NoticeStack::NoticeStack(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(1);
}

void NoticeStack::tell(const QString& matter, const Notice& notice)
{
    clear(matter);
    NoticeBar* bar = makeBar(matter, notice);
    m_bars.insert(matter, bar);
    m_layout->addWidget(bar);
    if (notice.isUndo)
        m_undoable.append(matter);
    bar->tell(notice.level, notice.sentence, notice.action, notice.isClosable);
}

void NoticeStack::tellFor(std::chrono::milliseconds time, const QString& matter,
                          const Notice& notice)
{
    tell(matter, notice);
    // The bar is the context: a newer notice about the same matter has another one.
    NoticeBar* bar = m_bars.value(matter);
    QTimer::singleShot(time, bar, [this, matter] { clear(matter); });
}

void NoticeStack::clear(const QString& matter)
{
    m_undoable.removeAll(matter);
    NoticeBar* bar = m_bars.take(matter);
    if (!bar)
        return;
    bar->clear();
    bar->deleteLater(); // it may be in the middle of its own signal
}

void NoticeStack::undoNewest()
{
    if (!m_undoable.isEmpty())
        m_bars.value(m_undoable.last())->trigger();
}

QString NoticeStack::sentence(const QString& matter) const
{
    const NoticeBar* bar = m_bars.value(matter);
    return bar ? bar->sentence() : QString();
}

NoticeBar* NoticeStack::makeBar(const QString& matter, const Notice& notice)
{
    auto* bar = new NoticeBar(this);
    connect(bar, &NoticeBar::actionTriggered, this, [this, matter, notice] {
        clear(matter);
        if (notice.act)
            notice.act();
        Q_EMIT answered();
    });
    connect(bar, &NoticeBar::dismissed, this, [this, matter, closed = notice.closed] {
        clear(matter);
        if (closed)
            closed();
        Q_EMIT answered();
    });
    return bar;
}

} // namespace vitrine::ui
