namespace NetGen.Benchmarks;

/// <summary>One row of the table of workloads: a network, as the peers are told it, and how it is measured.</summary>
internal sealed record Workload(string Name, Layer Output, TrainingLoss Loss, TrainingOptimizer Optimizer, int TrainBatch)
{
    /// <summary>NetGen's side; without it the peer is measured alone.</summary>
    public INetGenAdapter? NetGen { get; init; }

    /// <summary>Whether a step goes on where the one before ended: it is inference only, and several steps are compared.</summary>
    public bool IsStream { get; init; }

    /// <summary>In the order of evaluation: the input first, the output last.</summary>
    public IReadOnlyList<Layer> Layers { get; } = Layer.InOrder(Output);

    public int[] InputShape => Layers[0].OutputShape;

    public int[] OutputShape => Output.OutputShape;

    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    public int DefaultBatch(Mode mode) => mode == Mode.Train ? TrainBatch : 1;

    /// <summary>
    /// Two operations per multiply-add. A training step is forward, weight gradient and input gradient; what reads the network's input needs no input gradient.
    /// </summary>
    public double FloatingPointOperations(Mode mode, int batch)
    {
        long first = Layers.Where(layer => layer.Inputs.Contains(Layers[0])).Sum(layer => layer.InputMultiplyAdds);
        return 2.0 * batch * (mode == Mode.Train ? (3 * MultiplyAdds) - first : MultiplyAdds);
    }
}
