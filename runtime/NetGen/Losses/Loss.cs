namespace NetGen;

/// <summary>
/// A loss: what training makes small. It is an immutable description that holds no state, so one object may serve any number of trainers
/// and threads. Names, arguments and values follow Keras 3.
/// </summary>
/// <remarks>
/// A loss of one's own derives from this class and gives <see cref="Rows"/>. All sums are taken in double and in a fixed order.
/// </remarks>
public abstract partial class Loss
{
    /// <summary>Describes a loss.</summary>
    /// <param name="name">Its name in reports.</param>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The reduction is none of the enumeration.</exception>
    protected Loss(string name, LossReduction reduction)
    {
        if (!Enum.IsDefined(reduction)) throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "Expected a value of LossReduction.");
        Name = name;
        Reduction = reduction;
    }

    /// <summary>The name in reports, in Keras's form: <c>mean_squared_error</c>.</summary>
    public string Name { get; }

    /// <summary>How the losses of the rows become one number.</summary>
    public LossReduction Reduction { get; }

    /// <summary>Whether <see cref="EvaluateFromLogits"/> takes outputs that end in the activation.</summary>
    /// <param name="activation">The network's last activation.</param>
    public virtual bool Fuses(FinalActivation activation) => false;

    /// <summary>The reduced loss of a batch and its gradient.</summary>
    /// <param name="input">Predictions, targets, weights and mask.</param>
    /// <param name="gradient">Receives the gradient with respect to the predictions, (rows, size); empty to have the value only.</param>
    /// <returns>The loss; NaN where a prediction that counts is NaN.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or a target is no class index of the predictions.</exception>
    public double Evaluate(in LossInput input, Span<float> gradient = default)
    {
        LossInput view = View(input);
        CheckGradient(view, gradient);
        return Reduce(view, [], gradient);
    }

    /// <summary>The reduced loss of a batch and its gradient with respect to what stands before the final activation: stabler and cheaper
    /// than both in turn.</summary>
    /// <param name="input">Predictions (after the activation), targets, weights and mask.</param>
    /// <param name="logits">What stands before the activation, (rows, size).</param>
    /// <param name="activation">The activation; <see cref="Fuses"/> says which.</param>
    /// <param name="gradient">Receives the gradient with respect to the logits, (rows, size); empty to have the value only.</param>
    /// <returns>The loss, without the clipping that <see cref="Evaluate"/> has.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, a target is no class index, or the loss does not fuse with the
    /// activation.</exception>
    public double EvaluateFromLogits(in LossInput input, ReadOnlySpan<float> logits, FinalActivation activation, Span<float> gradient = default)
    {
        if (!Fuses(activation)) throw new ArgumentException($"{Name} has no form of its own after {activation}.", nameof(activation));
        if (logits.Length != input.Predictions.Length)
            throw new ArgumentException($"There are {logits.Length} logits and {input.Predictions.Length} predictions.", nameof(logits));
        LossInput view = View(input);
        CheckGradient(view, gradient);
        return Reduce(view, logits, gradient);
    }

    /// <summary>The weighted loss of each row, not reduced: what Keras returns for the reduction <c>None</c>.</summary>
    /// <param name="input">Predictions, targets, weights and mask.</param>
    /// <param name="losses">Receives one value per row; 0 where the mask or the loss itself leaves a row out.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or a target is no class index of the predictions.</exception>
    public void EvaluateRows(in LossInput input, Span<float> losses)
    {
        LossInput view = View(input);
        int rows = CountRows(view);
        view.CheckMask(rows);
        if (losses.Length != rows)
            throw new ArgumentException($"{nameof(losses)} has {losses.Length} places; the batch has {rows} rows.", nameof(losses));
        WriteRows(view, losses);
    }

    /// <summary>The losses of some rows that count alike, and their gradient.</summary>
    /// <param name="input">The whole batch; weights and mask do not concern this method.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="scale">The factor of the gradient, not of the value.</param>
    /// <param name="gradient">The gradient of the whole batch, (rows, size), of which these rows are to be written; empty if not asked
    /// for.</param>
    /// <returns>The sum of the rows' losses.</returns>
    protected internal abstract double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient);

    /// <summary>As <see cref="Rows"/>, from the logits under the final activation that <see cref="Fuses"/> accepts.</summary>
    /// <param name="input">The whole batch; its predictions are those after the activation.</param>
    /// <param name="logits">What stands before the activation, (rows, size).</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="scale">The factor of the gradient, not of the value.</param>
    /// <param name="gradient">The gradient with respect to the logits, (rows, size), of which these rows are to be written; empty if not
    /// asked for.</param>
    /// <returns>The sum of the rows' losses.</returns>
    protected internal virtual double RowsFromLogits(
        in LossInput input, ReadOnlySpan<float> logits, int first, int count, float scale, Span<float> gradient) =>
        throw new NotSupportedException($"{Name} has no form from logits.");

    /// <summary>Whether the loss itself leaves out some rows, as <c>ignoreClass</c> does.</summary>
    protected internal virtual bool IgnoresRows => false;

    /// <summary>Whether the loss itself leaves out a row.</summary>
    /// <param name="input">The whole batch.</param>
    /// <param name="row">The row.</param>
    protected internal virtual bool IgnoresRow(in LossInput input, int row) => false;

    /// <summary>Whether the loss was told that predictions are logits.</summary>
    internal virtual bool FromLogits => false;

    /// <summary>Whether targets are one class index per row rather than as many as predictions.</summary>
    internal virtual bool TakesClassIndices => false;

    /// <summary>How many classes targets that are class indices choose from.</summary>
    /// <param name="predictionShape">The shape of one sample of the predictions.</param>
    internal virtual int ClassesOf(ReadOnlySpan<int> predictionShape) => predictionShape.IsEmpty ? 1 : predictionShape[^1];

    /// <summary>The class index whose rows do not count, if there is one.</summary>
    internal virtual int? IgnoredClass => null;

    /// <summary>The loss as it is for samples of so many axes.</summary>
    internal virtual Loss ForRank(int rank) => this;

    /// <summary>The batch as the loss looks at it; of such a view, the view is the same again.</summary>
    internal virtual LossInput View(in LossInput input) => input;

    /// <summary>Value and gradient of a checked batch, from the logits if there are any.</summary>
    internal virtual double Reduce(in LossInput input, ReadOnlySpan<float> logits, Span<float> gradient)
    {
        if (input.IsUnweighted && !IgnoresRows)
        {
            double all = Reduction is LossReduction.Sum or LossReduction.None ? 1 : 1.0 / input.Rows;
            return all * Block(input, logits, 0, input.Rows, (float)all, gradient);
        }

        SampleWeightMap map = SampleWeightMap.For(input, RowShape(input));
        double factor = Factor(input, map);
        double sum = 0;
        for (int row = 0; row < input.Rows; row++)
        {
            float weight = Weight(input, map, row);
            if (weight == 0)
            {
                if (!gradient.IsEmpty) gradient.Slice(row * input.Size, input.Size).Clear();
                continue;
            }

            sum += weight * Block(input, logits, row, 1, (float)(weight * factor), gradient);
        }

        return sum * factor;
    }

    /// <summary>The weighted loss of each row of a checked batch.</summary>
    internal virtual void WriteRows(in LossInput input, Span<float> losses)
    {
        SampleWeightMap map = SampleWeightMap.For(input, RowShape(input));
        for (int row = 0; row < losses.Length; row++)
        {
            float weight = Weight(input, map, row);
            losses[row] = weight == 0 ? 0 : (float)(weight * Rows(input, row, 1, 0, []));
        }
    }

    /// <summary>The axes of the rows of one sample.</summary>
    internal virtual ReadOnlySpan<int> RowShape(in LossInput input) => input.RowShape;

    /// <summary>Whether samples have their loss together rather than one or several each.</summary>
    internal virtual bool SharesSamples => false;

    /// <summary>How many rows, and so losses, a batch has.</summary>
    internal virtual int CountRows(in LossInput input)
    {
        int rows = input.Batch;
        foreach (int size in RowShape(input)) rows *= size;
        return rows;
    }

    private void CheckGradient(in LossInput input, Span<float> gradient)
    {
        input.CheckMask(CountRows(input));
        if (!gradient.IsEmpty && gradient.Length != input.Predictions.Length)
        {
            throw new ArgumentException(
                $"The gradient has {gradient.Length} places; there are {input.Predictions.Length} predictions.", nameof(gradient));
        }
    }

    private double Block(in LossInput input, ReadOnlySpan<float> logits, int first, int count, float scale, Span<float> gradient) =>
        logits.IsEmpty ? Rows(input, first, count, scale, gradient) : RowsFromLogits(input, logits, first, count, scale, gradient);

    /// <summary>The weight of a row; 0 where it is left out.</summary>
    private protected float Weight(in LossInput input, SampleWeightMap map, int row)
    {
        if ((!input.Mask.IsEmpty && !input.Mask[row]) || IgnoresRow(input, row)) return 0;
        return input.SampleWeights.IsEmpty ? 1 : input.SampleWeights[map[row]];
    }

    /// <summary>What the sum of the weighted losses of the rows is multiplied with.</summary>
    private protected double Factor(in LossInput input, SampleWeightMap map)
    {
        if (Reduction is LossReduction.Sum or LossReduction.None) return 1;
        bool byWeight = Reduction == LossReduction.MeanWithSampleWeight;
        bool byMask = !input.Mask.IsEmpty || !input.StepMask.IsEmpty || IgnoresRows;
        if (!byWeight && !byMask) return 1.0 / input.Rows;

        // Rows that are left out do not count; a weight of 0 leaves its row in the count unless the weights are the count.
        double divisor = 0;
        for (int row = 0; row < input.Rows; row++)
        {
            if ((!input.Mask.IsEmpty && !input.Mask[row]) || IgnoresRow(input, row)) continue;
            divisor += byWeight && !input.SampleWeights.IsEmpty ? input.SampleWeights[map[row]] : 1;
        }

        return divisor == 0 ? 0 : 1 / divisor;
    }
}
