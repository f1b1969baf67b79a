// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <chrono>

class QLabel;
class QPushButton;

namespace vitrine::transfer {
class StagingModel;
}

namespace vitrine::ui {

class RowList;
class RowWidget;
class ToggleSwitch;

/// Sharing is a page, not a dialog: the pictures that were dropped, each with its description and
/// its private switch, and one button that shares them.
class StagingPage final : public QWidget
{
    Q_OBJECT

public:
    /// \a model must outlive the page.
    explicit StagingPage(transfer::StagingModel& model, QWidget* parent = nullptr);

    /// How long a shared image can be taken back; only told here.
    void setUndoTime(std::chrono::milliseconds time);
    /// Puts the cursor into the first description, as soon as there is one.
    void focusFirstRow();

Q_SIGNALS:
    void shareRequested();
    void cancelRequested();
    void addRequested();

protected:
    bool event(QEvent* event) override;

private:
    void buildLayout();
    void connectKeys();
    void updateSummary();
    RowWidget* makeRow(QWidget* parent);
    void goOnFrom(int row);
    void leave();

    transfer::StagingModel& m_model;
    std::chrono::milliseconds m_undoTime{0};
    bool m_isFocusDue = false;
    QLabel* const m_title;
    ToggleSwitch* const m_keep;
    QPushButton* const m_add;
    RowList* const m_rows;
    QLabel* const m_summary;
    QPushButton* const m_cancel;
    QPushButton* const m_share;
};

} // namespace vitrine::ui
