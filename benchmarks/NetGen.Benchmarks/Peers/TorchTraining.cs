using TorchSharp;
using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>
/// One training step of TorchSharp: gradients cleared, forward, loss, backward, optimizer. The softmax is inside cross_entropy, which is its
/// faster and more exact form. The loss is read at each step, as a training loop does to report it.
/// </summary>
internal sealed class TorchTraining : IContestant
{
    private readonly TorchNetwork network;
    private readonly Tensor[] x;
    private readonly Tensor target;
    private readonly optim.Optimizer optimizer;
    private readonly TrainingLoss lossKind;
    private readonly float[] loss = new float[1];

    private TorchTraining(Setup setup, TorchOptions options)
    {
        lossKind = setup.Workload.Loss;
        bool classes = lossKind == TrainingLoss.SparseCategoricalCrossentropy;
        network = new TorchNetwork(setup, options);
        x = TorchNetwork.Inputs(setup, options);
        target = classes ? tensor([.. setup.Labels.Select(label => (long)label)]) : tensor(setup.PeerTargets, setup.PeerOutputShape);
        optimizer = setup.Workload.Optimizer switch
        {
            TrainingOptimizer.Adam => optim.Adam(network.Parameters, setup.LearningRate, eps: Setup.AdamEpsilon),
            TrainingOptimizer.SGD => optim.SGD(network.Parameters, setup.LearningRate),
            TrainingOptimizer.Momentum => optim.SGD(network.Parameters, setup.LearningRate, Setup.Momentum),
            _ => throw new ArgumentException($"{setup.Workload.Optimizer} is none of TorchSharp's here", nameof(setup)),
        };
    }

    public static IReadOnlyList<Variant> Variants(Setup setup) => TorchOptions.Variants(setup, options => new TorchTraining(setup, options));

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
        foreach (var input in x) input.Dispose();
        target.Dispose();
        network.Dispose();
    }
}
