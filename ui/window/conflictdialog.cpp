// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/conflictdialog.h"

#include "ui/common/textlabel.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>

#include <chrono>

namespace vitrine::ui {
namespace {

constexpr int kDialogWidth = 620;
constexpr QSize kSidePicture(96, 72);
constexpr int kAltHeight = 104;                        // five lines; longer ones scroll
constexpr std::chrono::milliseconds kReadingTime(700); // longer than the pause in a double click

} // namespace

ConflictDialog::ConflictDialog(QWidget* window)
    : QDialog(window)
    , m_picture(new QLabel(this))
    , m_words(new TextLabel(this))
    , m_later(new QPushButton(tr("Decide later"), this))
    , m_keepTheirs(new QPushButton(tr("Keep the gallery's"), this))
    , m_useOurs(new QPushButton(tr("Use mine"), this))
{
    setWindowTitle(tr("Changed by two"));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    setStyleRole(*m_useOurs, "primary");
    for (QPushButton* button : {m_later, m_keepTheirs, m_useOurs})
        button->setAutoDefault(false); // neither version is lost by a stray key
    buildLayout();
    resize(kDialogWidth, sizeHint().height());
    connect(m_later, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_keepTheirs, &QPushButton::clicked, this, &ConflictDialog::theirsChosen);
    connect(m_useOurs, &QPushButton::clicked, this, &ConflictDialog::oursChosen);
    m_keepTheirs->setFocus();
    m_reading.setSingleShot(true);
    m_reading.setInterval(kReadingTime);
    connect(&m_reading, &QTimer::timeout, this, &ConflictDialog::allowDeciding);
}

void ConflictDialog::letRead()
{
    if (!m_reading.isActive())
        m_focused = focusWidget();
    m_keepTheirs->setEnabled(false);
    m_useOurs->setEnabled(false);
    m_reading.start();
}

void ConflictDialog::allowDeciding()
{
    m_keepTheirs->setEnabled(!m_isLoading);
    m_useOurs->setEnabled(m_hasTheirs);
    if (m_focused && m_focused->isEnabled())
        m_focused->setFocus();
}

void ConflictDialog::buildLayout()
{
    m_picture->setFixedSize(kSidePicture);
    m_picture->setAlignment(Qt::AlignCenter);
    auto* head = new QHBoxLayout;
    head->setSpacing(spacing::Large);
    head->addWidget(m_picture);
    head->addWidget(m_words, 1);

    auto* columns = new QHBoxLayout;
    columns->setSpacing(spacing::Wide);
    m_ours = addVersion(*columns, tr("Yours"));
    m_theirs = addVersion(*columns, tr("In the gallery"));

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(spacing::Small);
    buttons->addWidget(m_later);
    buttons->addStretch();
    buttons->addWidget(m_keepTheirs);
    buttons->addWidget(m_useOurs);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::Wide, spacing::Wide, spacing::Wide, spacing::Wide);
    layout->setSpacing(spacing::Wide);
    layout->addLayout(head);
    layout->addLayout(columns);
    layout->addStretch();
    layout->addLayout(buttons);
}

ConflictDialog::Version ConflictDialog::addVersion(QHBoxLayout& columns, const QString& heading)
{
    auto* name = new TextLabel(heading, this);
    setStyleRole(*name, "strong");
    auto* altLabel = new TextLabel(tr("Alt text"), this);
    setStyleRole(*altLabel, "muted");
    Version version{new QPlainTextEdit(this), new TextLabel(this)};
    version.alt->setReadOnly(true);
    version.alt->setTabChangesFocus(true);
    version.alt->setFixedHeight(kAltHeight);
    version.alt->setPlaceholderText(tr("None"));
    version.alt->setAccessibleName(tr("%1: alt text").arg(heading));
    version.privacy->setWordWrap(true);

    auto* column = new QVBoxLayout;
    column->setSpacing(spacing::Tight);
    column->addWidget(name);
    column->addSpacing(spacing::Tight);
    column->addWidget(altLabel);
    column->addWidget(version.alt);
    column->addSpacing(spacing::Tight);
    column->addWidget(version.privacy);
    columns.addLayout(column, 1);
    return version;
}

void ConflictDialog::setPicture(const QString& name, const QImage& preview)
{
    m_words->setText(tr("“%1” was changed elsewhere before your change arrived. "
                        "Which version counts?")
                         .arg(name));
    const qreal ratio = devicePixelRatio();
    QImage fitted = preview.isNull() ? preview
                                     : preview.scaled(kSidePicture * ratio, Qt::KeepAspectRatio,
                                                      Qt::SmoothTransformation);
    fitted.setDevicePixelRatio(ratio);
    m_picture->setPixmap(QPixmap::fromImage(fitted));
}

void ConflictDialog::setOurs(const protocol::Image& image)
{
    show(m_ours, image.alt, privacyOf(image));
}

void ConflictDialog::setTheirsLoading()
{
    m_isLoading = true;
    m_hasTheirs = false;
    allowDeciding();
    m_theirs.alt->clear();
    m_theirs.alt->setPlaceholderText({});
    m_theirs.privacy->setText(tr("Loading their version…"));
}

void ConflictDialog::setTheirs(const std::optional<protocol::Image>& image)
{
    m_isLoading = false;
    m_hasTheirs = image.has_value();
    m_theirs.alt->setPlaceholderText(tr("None"));
    show(m_theirs, image ? image->alt : QString(),
         image ? privacyOf(*image) : tr("Deleted meanwhile"));
    if (!m_reading.isActive())
        allowDeciding();
}

QString ConflictDialog::privacyOf(const protocol::Image& image)
{
    return image.isPrivate ? tr("Private: others see it frosted") : tr("Public: everybody sees it");
}

void ConflictDialog::show(const Version& version, const QString& alt, const QString& privacy)
{
    if (version.alt->toPlainText() == alt && version.privacy->text() == privacy)
        return;
    version.alt->setPlainText(alt);
    version.privacy->setText(privacy);
    if (isVisible())
        letRead();
}

} // namespace vitrine::ui
