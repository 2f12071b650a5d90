"""Linear layers on oneDNN. Imported only where torch is there."""

import torch


class OneDNNLinear(torch.nn.Module):
    """``linear`` for inference by oneDNN, which uses the widest instructions of any maker's processor.

    MKL, which torch uses otherwise, does so on one maker's alone. The numbers are the same to the sixth digit.
    """

    def __init__(self, linear: torch.nn.Linear):
        super().__init__()
        self._weight = linear.weight.detach().to_mkldnn()
        self._bias = None if linear.bias is None else linear.bias.detach().to_mkldnn()

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        return torch.ops.aten.mkldnn_linear(given.to_mkldnn(), self._weight, self._bias).to_dense()


def on_onednn(model: torch.nn.Module) -> torch.nn.Module:
    """``model`` with all its linear layers made so, where torch has oneDNN; in place."""
    if torch.backends.mkldnn.is_available():
        for part in list(model.modules()):
            for name, child in part.named_children():
                if type(child) is torch.nn.Linear:
                    setattr(part, name, OneDNNLinear(child))
    return model
