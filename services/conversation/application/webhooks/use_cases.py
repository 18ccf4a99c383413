"""Everything that can be done with webhooks."""

from dataclasses import dataclass

from services.conversation.application.webhooks.announce import Announce
from services.conversation.application.webhooks.attempt_delivery import AttemptDelivery
from services.conversation.application.webhooks.delete_webhook import DeleteWebhook
from services.conversation.application.webhooks.enable_webhook import EnableWebhook
from services.conversation.application.webhooks.find_listeners import FindListeners
from services.conversation.application.webhooks.forget_deliveries import ForgetDeliveries
from services.conversation.application.webhooks.list_deliveries import ListDeliveries
from services.conversation.application.webhooks.list_due_deliveries import ListDueDeliveries
from services.conversation.application.webhooks.list_webhooks import ListWebhooks
from services.conversation.application.webhooks.ping_webhook import PingWebhook
from services.conversation.application.webhooks.register_webhook import RegisterWebhook
from services.conversation.application.webhooks.rotate_secret import RotateSecret


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookUseCases:
    """One instance of every command and query."""

    register: RegisterWebhook
    list: ListWebhooks
    delete: DeleteWebhook
    rotate_secret: RotateSecret
    enable: EnableWebhook
    ping: PingWebhook
    list_deliveries: ListDeliveries
    announce: Announce
    find_listeners: FindListeners
    list_due: ListDueDeliveries
    attempt: AttemptDelivery
    forget_deliveries: ForgetDeliveries
