// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/image.h"

#include <QDialog>
#include <QImage>
#include <QPointer>
#include <QTimer>

#include <optional>

class QHBoxLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace vitrine::ui {

/// Both versions of an image that two people changed at the same time, and the question which one
/// counts. Putting it away by any other way decides nothing. When what it shows changes, it cannot
/// be answered for a moment: a click was meant for what was there before.
class ConflictDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ConflictDialog(QWidget* window);

    void setPicture(const QString& name, const QImage& preview);
    /// What the person's change would make of the image.
    void setOurs(const protocol::Image& image);
    /// What the gallery has is not known yet: nothing can be decided.
    void setTheirsLoading();
    /// What the gallery has; none: it was deleted. May come again while the dialog is open.
    void setTheirs(const std::optional<protocol::Image>& image);
    /// It asks of another image now.
    void letRead();

Q_SIGNALS:
    void oursChosen();
    void theirsChosen();

private:
    /// One version: a heading over what can differ.
    struct Version {
        QPlainTextEdit* alt = nullptr;
        QLabel* privacy = nullptr;
    };

    Version addVersion(QHBoxLayout& columns, const QString& heading);
    void buildLayout();
    void show(const Version& version, const QString& alt, const QString& privacy);
    static QString privacyOf(const protocol::Image& image);
    void allowDeciding();

    QLabel* m_picture;
    QLabel* m_words;
    Version m_ours;
    Version m_theirs;
    QPushButton* m_later;
    QPushButton* m_keepTheirs;
    QPushButton* m_useOurs;
    QTimer m_reading;            ///< runs while it cannot be answered
    QPointer<QWidget> m_focused; ///< before that
    bool m_isLoading = false;    ///< what the gallery has is not known yet
    bool m_hasTheirs = false;
};

} // namespace vitrine::ui
