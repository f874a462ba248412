namespace NetGen.Benchmarks;

/// <summary>One row of the table of workloads: a network, as the peers are told it, and how it is measured.</summary>
internal sealed record Workload(string Name, Layer Output, TrainingLoss Loss, TrainingOptimizer Optimizer, int TrainBatch)
{
    /// <summary>NetGen's side; without it the peer is measured alone.</summary>
    public INetGenAdapter? NetGen { get; init; }

    /// <summary>Whether a step goes on where the one before ended: it is inference only, and several steps are compared.</summary>
    public bool IsStream { get; init; }

    /// <summary>In the order of evaluation: an input first, the output last.</summary>
    public IReadOnlyList<Layer> Layers { get; } = Layer.InOrder(Output);

    /// <summary>In the order in which NetGen's network takes them.</summary>
    public IReadOnlyList<InputLayer> Inputs => [.. Layers.OfType<InputLayer>()];

    /// <summary>Whether the peers take its sequences time first, which is what they compute recurrent layers in.</summary>
    public bool IsRecurrent => Layers.Any(layer => layer is RecurrentLayer or EncoderDecoderLayer);

    /// <summary>Whether a step writes a sequence token by token, each of which is the input for the next one: the output is tokens, one for each step.</summary>
    public bool IsDecoding { get; init; }

    public int[] OutputShape => Output.OutputShape;

    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    public int DefaultBatch(Mode mode) => mode == Mode.Train ? TrainBatch : 1;

    /// <summary>
    /// Two operations per multiply-add. A training step is forward, weight gradient and input gradient; what reads the network's input needs no input gradient.
    /// </summary>
    public double FloatingPointOperations(Mode mode, int batch)
    {
        long first = Layers.Where(layer => layer.Inputs.OfType<InputLayer>().Any()).Sum(layer => layer.InputMultiplyAdds);
        return 2.0 * batch * (mode == Mode.Train ? (3 * MultiplyAdds) - first : MultiplyAdds);
    }
}
