using TorchSharp;
using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>
/// One training step of TorchSharp: gradients cleared, forward, loss, backward, Adam. The softmax is inside cross_entropy, which is its
/// faster and more exact form. The loss is read at each step, as a training loop does to report it.
/// </summary>
internal sealed class TorchTraining : IContestant
{
    private readonly TorchNetwork network;
    private readonly Tensor x, target;
    private readonly optim.Optimizer optimizer;
    private readonly TrainingLoss lossKind;
    private readonly float[] loss = new float[1];

    public TorchTraining(Setup setup)
    {
        lossKind = setup.Workload.Loss;
        bool classes = lossKind == TrainingLoss.SparseCategoricalCrossentropy;
        network = new TorchNetwork(setup, logits: classes);
        x = tensor(setup.PeerInput, setup.PeerInputShape);
        target = classes ? tensor([.. setup.Labels.Select(label => (long)label)]) : tensor(setup.Targets, setup.OutputShape);
        optimizer = optim.Adam(network.Parameters, setup.LearningRate, eps: Setup.AdamEpsilon);
    }

    public ReadOnlySpan<float> Output => loss;

    public void Step()
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var y = network.Forward(x);
        var l = lossKind == TrainingLoss.SparseCategoricalCrossentropy
            ? nn.functional.cross_entropy(y, target)
            : nn.functional.mse_loss(y, target);
        l.backward();
        optimizer.step();
        loss[0] = l.item<float>();
    }

    public void Dispose()
    {
        optimizer.Dispose();
        x.Dispose();
        target.Dispose();
        network.Dispose();
    }
}
