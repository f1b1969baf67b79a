// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace vitrine::ui {

/// A strip that tells one thing: a sentence, at most one button, and a cross to put it away. It
/// takes no room while there is nothing to tell, and is announced to assistive technology.
class NoticeBar final : public QFrame
{
    Q_OBJECT

public:
    enum class Level { Info, Warning, Error };

    explicit NoticeBar(QWidget* parent = nullptr);

    /// Replaces what was told before. With an empty \a action there is no button.
    void tell(Level level, const QString& sentence, const QString& action = {},
              bool closable = true);
    /// Puts it away without dismissed().
    void clear();
    /// As if its button were pressed.
    void trigger();

    Level level() const { return m_level; }
    QString sentence() const;

Q_SIGNALS:
    void actionTriggered();
    /// The person closed it.
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void drawIcon();

    Level m_level = Level::Info;
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_action;
    QToolButton* m_close;
};

} // namespace vitrine::ui
