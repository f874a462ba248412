namespace NetGen;

/// <summary>What turns gradients into new weights: penalties, the optimizer, and constraints. Each phase is shared by the parts of a team; the bits do not depend on their number.</summary>
internal sealed class WeightUpdate
{
    private readonly Network network;
    private readonly NativeBuffer gradients;
    private int[] regularized = [];
    private int[] constrained = [];
    private double[] penalties = [];
    private float[]?[] logicalWeights;
    private float[]?[] logicalGradients;
    private long version = -1;

    public WeightUpdate(Network network, Optimizer optimizer, NativeBuffer gradients)
    {
        this.network = network;
        this.gradients = gradients;
        logicalWeights = new float[]?[Parameters.Length];
        logicalGradients = new float[]?[Parameters.Length];
        State = new OptimizerState(optimizer, network.Definition.WeightsLength, Ranges(optimizer));
        Refresh();
    }

    /// <summary>The optimizer's state.</summary>
    public OptimizerState State { get; }

    /// <summary>Whether any weight that trains has a penalty.</summary>
    public bool HasPenalties => regularized.Length > 0;

    /// <summary>Whether any weight that trains has a constraint.</summary>
    public bool HasConstraints => constrained.Length > 0;

    /// <summary>The sum of the penalties that <see cref="AddPenalties"/> found.</summary>
    public double Penalty
    {
        get
        {
            double sum = 0;
            foreach (double penalty in penalties) sum += penalty;
            return sum;
        }
    }

    private ParameterInfo[] Parameters => network.Definition.Parameters;

    private Span<float> Weights => network.Weights.Slice(0, network.Definition.WeightsLength);

    private Span<float> Gradients => gradients.Slice(0, network.Definition.WeightsLength);

    /// <summary>Takes over which weights train, and their learning rates, if that has changed.</summary>
    public void Refresh()
    {
        if (version == network.TrainableVersion) return;
        version = network.TrainableVersion;
        State.SetVariables(Ranges(State.Optimizer));
        int[] live = [.. Enumerable.Range(0, Parameters.Length).Where(network.IsTrained)];
        regularized = [.. live.Where(i => Parameters[i].Regularizer is not null)];
        constrained = [.. live.Where(i => Parameters[i].Constraint is not null)];
        penalties = new double[regularized.Length];
        foreach (int i in regularized.Where(i => !IsFlat(Parameters[i], Parameters[i].Regularizer!.IsElementwise)))
        {
            logicalWeights[i] ??= new float[Parameters[i].Count];
            logicalGradients[i] ??= new float[Parameters[i].Count];
        }

        foreach (int i in constrained.Where(i => !IsFlat(Parameters[i], Parameters[i].Constraint!.IsElementwise)))
            logicalWeights[i] ??= new float[Parameters[i].Count];
    }

    /// <summary>Computes one part's share of the penalties and, in training, adds their gradients.</summary>
    public void AddPenalties(int part, int parts, bool withGradients)
    {
        for (int k = part; k < regularized.Length; k += parts)
        {
            ParameterInfo parameter = Parameters[regularized[k]];
            Regularizer regularizer = parameter.Regularizer!;
            if (IsFlat(parameter, regularizer.IsElementwise))
            {
                int length = regularizer.IsElementwise ? parameter.Length : parameter.Count;
                ReadOnlySpan<float> flat = Weights.Slice(parameter.Offset, length);
                penalties[k] = regularizer.Penalty(flat, parameter.Shape);
                if (withGradients) regularizer.AddGradient(flat, parameter.Shape, Gradients.Slice(parameter.Offset, length));
                continue;
            }

            float[] weights = logicalWeights[regularized[k]]!;
            parameter.Unpack(Weights, weights);
            penalties[k] = regularizer.Penalty(weights, parameter.Shape);
            if (!withGradients) continue;
            float[] gradient = logicalGradients[regularized[k]]!;
            parameter.Unpack(Gradients, gradient);
            regularizer.AddGradient(weights, parameter.Shape, gradient);
            parameter.Pack(gradient, Gradients);
        }
    }

    /// <summary>Measures one part's share of the gradients, where a norm is clipped.</summary>
    public void Measure(int part, int parts)
    {
        (nint start, nint end) = Partition.Range(State.BlockCount, part, parts);
        for (nint block = start; block < end; block++) State.MeasureBlock((int)block, Gradients);
    }

    /// <summary>Updates one part's share of the weights.</summary>
    public void Update(int part, int parts) => State.Update(part, parts, Weights, Gradients);

    /// <summary>Brings one part's share of the weights to their constraints.</summary>
    public void Constrain(int part, int parts)
    {
        for (int k = part; k < constrained.Length; k += parts)
        {
            ParameterInfo parameter = Parameters[constrained[k]];
            Constraint constraint = parameter.Constraint!;
            if (IsFlat(parameter, constraint.IsElementwise))
            {
                constraint.Apply(Weights.Slice(parameter.Offset, constraint.IsElementwise ? parameter.Length : parameter.Count), parameter.Shape);
                continue;
            }

            float[] weights = logicalWeights[constrained[k]]!;
            parameter.Unpack(Weights, weights);
            constraint.Apply(weights, parameter.Shape);
            parameter.Pack(weights, Weights);
        }
    }

    /// <summary>Whether something is computed where the parameter lies, rather than on a copy in Keras's layout.</summary>
    private static bool IsFlat(ParameterInfo parameter, bool isElementwise) => isElementwise || parameter.Layout == WeightLayout.Plain;

    private UpdateRange[] Ranges(Optimizer optimizer)
    {
        UpdateRange[] ranges = new UpdateRange[Parameters.Length];
        for (int i = 0; i < ranges.Length; i++)
        {
            ParameterInfo parameter = Parameters[i];
            ranges[i] = new UpdateRange(parameter.Offset, parameter.Length, network.LearningRateScaleOf(i), optimizer.Decays(parameter.Name), network.IsTrained(i));
        }

        return ranges;
    }
}
