// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace vitrine::ui {

/// One line of plain text that is cut with an ellipsis where it does not fit; the whole of it is in
/// the tool tip then. Markup in the text stays text.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    void setElideMode(Qt::TextElideMode mode);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QString shownText() const;

    Qt::TextElideMode m_mode = Qt::ElideMiddle;
};

} // namespace vitrine::ui
