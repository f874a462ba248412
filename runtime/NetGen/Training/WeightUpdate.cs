namespace NetGen;

/// <summary>What turns gradients into new weights: penalties, the optimizer, and constraints. Each phase is shared by the parts of a team; the bits do not depend on their number.</summary>
internal sealed class WeightUpdate
{
    private readonly Network network;
    private readonly NativeBuffer gradients;
    private readonly float lossScale;
    private int[] regularized = [];
    private int[] constrained = [];
    private double[] penalties = [];
    private float[]?[] logicalWeights;
    private float[]?[] logicalGradients;
    private long version = -1;

    /// <summary>Divides the variables among optimizers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">The optimizer of all variables that no block has.</param>
    /// <param name="blocks">The optimizers of blocks; of two of which one lies in the other, the inner one has what lies in it.</param>
    /// <param name="gradients">The gradients, in the weights' layout.</param>
    public WeightUpdate(Network network, Optimizer optimizer, IEnumerable<KeyValuePair<string, Optimizer>> blocks, NativeBuffer gradients)
    {
        this.network = network;
        this.gradients = gradients;
        lossScale = (float)(optimizer.LossScaleFactor ?? 1);
        logicalWeights = new float[]?[Parameters.Length];
        logicalGradients = new float[]?[Parameters.Length];
        (string? Block, Optimizer Optimizer)[] all = [(null, optimizer), .. blocks.Select(pair => ((string?)pair.Key, pair.Value))];
        ILookup<string?, int> owned = Enumerable.Range(0, Parameters.Length).Where(i => Parameters[i].Trainable).ToLookup(i => BlockOf(Parameters[i].Name, all));
        Groups = Array.ConvertAll(all, group =>
        {
            int[] own = [.. owned[group.Block]];
            return new OptimizerGroup(group.Block, own, new OptimizerState(group.Optimizer, network.Definition.WeightsLength, Ranges(group.Optimizer, own)));
        });
        Refresh();
    }

    /// <summary>The optimizers: first the one of what no block has.</summary>
    public OptimizerGroup[] Groups { get; }

    /// <summary>The state of the optimizer of what no block has.</summary>
    public OptimizerState State => Groups[0].State;

    /// <summary>Whether the weights hold their moving averages, and the averages' slots the weights.</summary>
    public bool AreAveragesIn { get; set; }

    /// <summary>Whether the weights are those that an optimizer evaluates with.</summary>
    public bool IsEvaluating { get; set; }

    /// <summary>What the loss is multiplied by before gradients are taken.</summary>
    public float LossScale => lossScale;

    /// <summary>Whether gradients have to be divided by the scale of the loss.</summary>
    public bool IsScaled => lossScale != 1;

    /// <summary>Whether any gradients are accumulated.</summary>
    public bool Accumulates => Array.Exists(Groups, group => group.State.Accumulates);

    /// <summary>Whether any gradients have to be measured, as a norm is clipped.</summary>
    public bool NeedsNorm => Array.Exists(Groups, group => group.State.NeedsNorm);

    /// <summary>Whether any moving averages are kept.</summary>
    public bool HasAverages => Array.Exists(Groups, group => group.State.HasAverages);

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

        // What lies in the weights' place is put back where it came from, before other variables train.
        lock (network.WeightsLock)
        {
            (bool averages, bool evaluation) = (AreAveragesIn, IsEvaluating);
            RestoreWeights();
            foreach (OptimizerGroup group in Groups) group.State.SetVariables(Ranges(group.State.Optimizer, group.Parameters));
            if (averages) SwapAverages();
            if (evaluation) SwapEvaluation();
            if (averages || evaluation) network.MarkWeightsChanged();
        }

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

    /// <summary>Divides one part's share of the gradients by the scale of the loss.</summary>
    public void Unscale(int part, int parts)
    {
        foreach (OptimizerGroup group in Groups) group.State.Scale(part, parts, Gradients, 1 / lossScale);
    }

    /// <summary>Accumulates one part's share of the gradients.</summary>
    public void Accumulate(int part, int parts)
    {
        foreach (OptimizerGroup group in Groups)
        {
            if (group.State.Accumulates) group.State.Accumulate(part, parts, Gradients);
        }
    }

    /// <summary>Measures one part's share of the gradients, where a norm is clipped.</summary>
    public void Measure(int part, int parts)
    {
        foreach (OptimizerGroup group in Groups)
        {
            if (!group.State.NeedsNorm) continue;
            (nint start, nint end) = Partition.Range(group.State.BlockCount, part, parts);
            for (nint block = start; block < end; block++) group.State.MeasureBlock((int)block, Gradients);
        }
    }

    /// <summary>Fixes what holds for the whole step.</summary>
    public void BeginStep()
    {
        foreach (OptimizerGroup group in Groups) group.State.BeginStep(Weights);
    }

    /// <summary>Updates one part's share of the weights.</summary>
    public void Update(int part, int parts)
    {
        foreach (OptimizerGroup group in Groups) group.State.Update(part, parts, Weights, Gradients);
    }

    /// <summary>Counts the batch.</summary>
    public void EndStep()
    {
        foreach (OptimizerGroup group in Groups) group.State.EndStep();
    }

    /// <summary>Exchanges the weights and their moving averages.</summary>
    public void SwapAverages()
    {
        foreach (OptimizerGroup group in Groups) group.State.SwapAverages(Weights);
        AreAveragesIn = !AreAveragesIn;
    }

    /// <summary>Turns the weights into those that an optimizer evaluates with, or back.</summary>
    public void SwapEvaluation()
    {
        foreach (OptimizerGroup group in Groups) group.State.SwapEvaluation(Weights, toEval: !IsEvaluating);
        IsEvaluating = !IsEvaluating;
    }

    /// <summary>Puts the weights of training in their place, wherever they are.</summary>
    public void RestoreWeights()
    {
        if (AreAveragesIn) SwapAverages();
        if (IsEvaluating) SwapEvaluation();
    }

    /// <summary>Leaves the moving averages in the weights and in the averages.</summary>
    public void EndWithAverages()
    {
        if (IsEvaluating) SwapEvaluation();
        foreach (OptimizerGroup group in Groups) group.State.EndWithAverages(Weights, AreAveragesIn);
        AreAveragesIn = false;
    }

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

    /// <summary>The innermost block of some that a variable lies in; null where it is in none.</summary>
    private static string? BlockOf(string variable, (string? Block, Optimizer Optimizer)[] groups)
    {
        string? innermost = null;
        foreach ((string? block, _) in groups)
        {
            if (block is not null && block.Length > (innermost?.Length ?? 0) && NetworkPart.IsUnder(variable, block)) innermost = block;
        }

        return innermost;
    }

    private UpdateRange[] Ranges(Optimizer optimizer, int[] own) => Array.ConvertAll(own, i =>
    {
        ParameterInfo parameter = Parameters[i];
        return new UpdateRange(parameter.Offset, parameter.Length, network.LearningRateScaleOf(i), optimizer.Decays(parameter.Name), network.IsTrained(i), parameter);
    });
}
