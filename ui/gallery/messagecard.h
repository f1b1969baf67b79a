// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace vitrine::ui {

/// A page that says one thing in its middle: an icon, a headline, a sentence or two, at most one
/// button. As a drop target it is a card with a dashed edge.
class MessageCard final : public QWidget
{
    Q_OBJECT

public:
    enum class Edge { None, Dashed };

    explicit MessageCard(const QString& iconName, Edge edge, QWidget* parent = nullptr);

    /// Lines of \a text are separated by line breaks; an empty \a button takes the button away.
    void say(const QString& headline, const QString& text, const QString& button);
    void setPrimaryButton();
    void setEdge(Edge edge);

Q_SIGNALS:
    void buttonClicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QRect cardRect() const;
    void updateLook();

    const QString m_iconName;
    Edge m_edge;
    QLabel* m_icon;
    QLabel* m_headline;
    QLabel* m_text;
    QPushButton* m_button;
};

} // namespace vitrine::ui
