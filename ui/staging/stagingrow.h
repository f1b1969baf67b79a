// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/rows/rowwidget.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace vitrine::ui {

class ElidedLabel;
class StagingPicture;
class ToggleSwitch;

/// One picture that is about to be shared: how it looks, how others will see it, what it is called,
/// what was found in it and what can be done about it, its description and its private switch.
/// Writes straight to the model.
class StagingRow final : public RowWidget
{
    Q_OBJECT

public:
    static constexpr int kHeight = 117; ///< logical pixels, the line below included

    explicit StagingRow(QWidget* parent);

    QList<QWidget*> tabStops() const override;
    void focusAltText();

Q_SIGNALS:
    /// Return was pressed in the description: on to the next picture.
    void finished(int row);

protected:
    void refresh(bool isOther) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void buildLayout();
    void connectEdits();
    void refreshPictures(bool isPrivate, bool hasProblem);
    void refreshWords();
    void refreshNote();
    void refreshAltText(bool isOther);
    void setValue(const QVariant& value, int role);

    StagingPicture* const m_sharp;
    StagingPicture* const m_blurred;
    QLabel* const m_name;
    ElidedLabel* const m_note;
    QPushButton* const m_remedy;
    QLineEdit* const m_alt;
    QLabel* const m_privateLabel;
    ToggleSwitch* const m_private;
    QToolButton* const m_remove;
};

} // namespace vitrine::ui
