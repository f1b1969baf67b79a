// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/image.h"
#include "ui/common/abilities.h"

#include <QModelIndexList>
#include <QPersistentModelIndex>
#include <QPointer>
#include <QScrollArea>

class QLabel;
class QPushButton;

namespace vitrine::ui {

class AltEditor;
class ElidedLabel;
class FactsView;
class PicturePreview;
class ToggleSwitch;
struct SelectionSummary;

/// What is selected, editable in place: one image, or what many have in common. Follows the model
/// while it shows. Changes nothing itself: every wish of the person is a signal with the ids.
class DetailsPanel final : public QScrollArea
{
    Q_OBJECT

public:
    explicit DetailsPanel(QWidget* parent = nullptr);

    /// \a selection: indexes of a model with the roles of gallery::GalleryModel. An alt text that
    /// was being written for the images shown before is committed first.
    void setSelection(const QModelIndexList& selection);

    void setAbilities(const Abilities& abilities);
    /// Private pictures are frosted here, too.
    void setHidePrivate(bool hide);
    /// False where the server has nothing to fetch; the button is greyed out then.
    void setCanDownload(bool can);

    /// What is being written is meant, wherever the cursor is.
    void commitAlt();

    /// Key E: the cursor goes into the alt text.
    void editAlt();
    bool showsAsOthers() const { return m_asOthers; }

public Q_SLOTS:
    /// Key O: shows the picture as everybody else sees it.
    void setAsOthers(bool asOthers);

Q_SIGNALS:
    /// The person wrote this and left the field or pressed Ctrl+Enter; only if it is another text.
    void altEdited(const QStringList& ids, const QString& text);
    /// The person is through with the alt text and goes on with the pictures.
    void altEditDone();
    void privacyToggled(const QStringList& ids, bool isPrivate);
    void asOthersToggled(bool asOthers);
    void downloadRequested(const QStringList& ids);
    void originalRequested(const QStringList& ids);
    /// All of them into one file.
    void zipRequested(const QStringList& ids);
    void deleteRequested(const QStringList& ids);

private:
    void build();
    void buildContent();
    void layOutContent();
    QWidget* buildPrivacyRow();
    QWidget* buildButtons();
    void connectModel(const QAbstractItemModel* model);
    void showSelection();
    void showPicture(const QList<protocol::Image>& images);
    void showAlt(const SelectionSummary& summary);
    void updateAvailability();
    QStringList ids() const;
    QList<protocol::Image> images() const;
    int unsentCount() const;

    QList<QPersistentModelIndex> m_selection;
    QPointer<const QAbstractItemModel> m_model;
    QStringList m_editedIds; ///< whose alt text is in the editor
    Abilities m_abilities;
    bool m_hidePrivate = false;
    bool m_asOthers = false;
    bool m_canDownload = true;
    bool m_isAnyShared = true; ///< of what is selected; the others cannot be downloaded yet

    QWidget* m_content = nullptr;
    QLabel* m_nothing = nullptr;
    PicturePreview* m_picture = nullptr;
    ElidedLabel* m_name = nullptr;
    AltEditor* m_alt = nullptr;
    ToggleSwitch* m_private = nullptr;
    QLabel* m_privacyNote = nullptr;
    QPushButton* m_asOthersButton = nullptr;
    FactsView* m_facts = nullptr;
    QLabel* m_reason = nullptr;
    QPushButton* m_download = nullptr;
    QPushButton* m_original = nullptr;
    QPushButton* m_zip = nullptr; ///< for several
    QPushButton* m_delete = nullptr;
};

} // namespace vitrine::ui
