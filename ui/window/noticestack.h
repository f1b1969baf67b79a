// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/noticebar.h"

#include <QHash>

#include <chrono>
#include <functional>

class QVBoxLayout;

namespace vitrine::ui {

/// What is to be told, and what its button does.
struct Notice {
    NoticeBar::Level level = NoticeBar::Level::Info;
    QString sentence;
    QString action = {};               ///< the button's text; empty: no button
    std::function<void()> act = {};    ///< the notice goes away first
    std::function<void()> closed = {}; ///< the person put it away
    bool isClosable = true;
    bool isUndo = false; ///< the button takes back what the person did
};

/// Notices one below the other, each about its own matter: a newer one about the same matter
/// replaces the older. Takes no room while there are none.
class NoticeStack final : public QWidget
{
    Q_OBJECT

public:
    /// For what is read once and calls for nothing.
    static constexpr std::chrono::seconds kShortTime{8};

    explicit NoticeStack(QWidget* parent = nullptr);

    /// \a matter tells notices apart; it is not shown.
    void tell(const QString& matter, const Notice& notice);
    /// The same, put away by itself after \a time.
    void tellFor(std::chrono::milliseconds time, const QString& matter, const Notice& notice);
    void clear(const QString& matter);
    /// Presses the button of the newest notice that takes something back; nothing if there is none.
    void undoNewest();

    /// What is told about \a matter; empty if nothing is.
    QString sentence(const QString& matter) const;

Q_SIGNALS:
    /// The person pressed a notice's button or put it away; it is gone.
    void answered();

private:
    NoticeBar* makeBar(const QString& matter, const Notice& notice);

    QVBoxLayout* const m_layout;
    QHash<QString, NoticeBar*> m_bars;
    QStringList m_undoable; ///< matters, the newest last
};

} // namespace vitrine::ui
