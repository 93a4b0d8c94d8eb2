"""What maps places counts what it maps: the logit grows with the share of the disease, and the heatmap lies there."""

from __future__ import annotations

import torch

from leukoviewer.inference.networks import PlacesNetwork, build_network
from leukoviewer.inference.places import LOG_FLOOR, PLACES, PlacesHead, PlacesReader


def test_finer_and_coarser_stages_are_laid_over_each_other_in_place() -> None:
    torch.manual_seed(0)
    reader = PlacesReader((4, 6, 8))
    for read in reader.reads:
        torch.nn.init.zeros_(read.weight)
    with torch.no_grad():
        # The coarsest stage alone speaks of the disease, in its lower right part.
        reader.reads[2].weight[15, 0, 0, 0] = 1.0
    features = [torch.randn(1, 4, 8, 8), torch.randn(1, 6, 4, 4), torch.randn(1, 8, 2, 2)]
    found = reader(features)[0, 0] - reader.reads[0].bias[0]
    told = reader.norms[2](features[2])[0, 0]
    assert found.shape == (8, 8)
    assert torch.equal(found != 0, torch.eye(4)[3].outer(torch.eye(4)[3]).repeat(2, 2).bool())
    torch.testing.assert_close(found[3::4, 3::4], told)


def test_the_logit_begins_as_the_logarithm_of_the_share_of_the_disease() -> None:
    maps = torch.zeros(3, len(PLACES), 32, 32)
    maps[1, 0, :3, :3] = 1.0
    maps[2, 0, :6, :6] = 1.0
    logits = PlacesHead()(maps)
    share = torch.tensor([0.0, 9 / 1024, 36 / 1024])
    torch.testing.assert_close(logits, torch.log(share + LOG_FLOOR) + 4.6)


def test_the_heatmap_is_the_map_of_the_disease_when_nothing_else_counts() -> None:
    torch.manual_seed(1)
    network = build_network("convnext_atto_places").eval()
    assert isinstance(network, PlacesNetwork)
    images = torch.randn(2, 3, 64, 64)
    with torch.no_grad():
        _, maps = network.explain(images)
        disease = torch.sigmoid(network.place_logits(images))[:, 0]
    scaled = [part / part.amax((1, 2), keepdim=True) for part in (maps, disease)]
    torch.testing.assert_close(scaled[0], scaled[1])
