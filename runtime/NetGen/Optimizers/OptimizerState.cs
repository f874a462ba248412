namespace NetGen;

/// <summary>
/// What an optimizer remembers between steps: the iteration, the learning rate as callbacks changed it, and the slots. It belongs to one trainer.
/// </summary>
/// <remarks>
/// One step is: <see cref="MeasureBlock"/> for every block if <see cref="NeedsNorm"/>, then <see cref="BeginStep"/>, <see cref="Update"/> for
/// every part, and <see cref="EndStep"/>. Blocks and parts may run on any threads in any order; the bits are the same. Nothing allocates.
/// </remarks>
internal sealed class OptimizerState
{
    /// <summary>Floats of a cache line: no line is written by two parts.</summary>
    private const int Line = 16;

    private readonly int _length;
    private readonly NativeBuffer[] _slots;
    private double? _learningRate;
    private UpdatePlan _plan = null!;
    private UpdateContext[] _contexts = [];
    private double[] _squares = [];

    /// <summary>Makes a fresh state: iteration 0, all slots 0.</summary>
    /// <param name="optimizer">The description.</param>
    /// <param name="length">The number of floats in the flat buffers of weights and gradients.</param>
    /// <param name="variables">One range per variable, in ascending order.</param>
    internal OptimizerState(Optimizer optimizer, int length, ReadOnlySpan<UpdateRange> variables)
    {
        Optimizer = optimizer;
        _length = length;
        _slots = new NativeBuffer[optimizer.SlotNames.Count];
        for (int i = 0; i < _slots.Length; i++)
            _slots[i] = new NativeBuffer(length);
        SetVariables(variables);
    }

    internal Optimizer Optimizer { get; }

    /// <summary>The number of finished steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    internal long Iterations
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Iterations));
            field = value;
        }
    }

    /// <summary>The learning rate of the next step. Setting it replaces the optimizer's number from then on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0, negative, infinite or NaN.</exception>
    /// <exception cref="InvalidOperationException">The learning rate follows a schedule, so that it cannot be set (as in Keras).</exception>
    internal double LearningRate
    {
        get => _learningRate ?? Optimizer.LearningRate.At(Iterations);
        set
        {
            if (Optimizer.LearningRate.Schedule is { } schedule)
            {
                throw new InvalidOperationException(
                    $"The learning rate follows the schedule {schedule.GetType().Name} and cannot be set to {Arguments.Format(value)}; give the optimizer a number to set it later.");
            }
            NetGen.LearningRate.Check(value, nameof(LearningRate));
            _learningRate = value;
        }
    }

    /// <summary>The names of the slots, as checkpoints store them.</summary>
    internal IReadOnlyList<string> SlotNames => Optimizer.SlotNames;

    /// <summary>The number of blocks to measure.</summary>
    internal int BlockCount => _plan.Blocks.Length;

    /// <summary>Whether the blocks have to be measured before the step begins, because a norm is clipped.</summary>
    internal bool NeedsNorm => Optimizer.ClipNorm is not null || Optimizer.GlobalClipNorm is not null;

    /// <summary>The flat buffer of slot number <paramref name="index"/>, in the weights' layout; valid while this state is held alive.</summary>
    internal Span<float> Slot(int index) => _slots[index].Slice(0, _length);

    /// <summary>Takes over which variables are trainable, which decay, and their learning-rate scales. Slots and iteration stay as they are.</summary>
    /// <param name="variables">One range per variable, in ascending order.</param>
    internal void SetVariables(ReadOnlySpan<UpdateRange> variables)
    {
        _plan = UpdatePlan.Build(variables, _length);
        _contexts = new UpdateContext[_plan.Ranges.Length];
        _squares = new double[_plan.Blocks.Length];
    }

    /// <summary>Adds up the squares of one block's gradients.</summary>
    internal void MeasureBlock(int index, ReadOnlySpan<float> gradients)
    {
        UpdatePlan.Block block = _plan.Blocks[index];
        _squares[index] = Sums.OfSquares(gradients.Slice(block.Offset, block.Length));
    }

    /// <summary>Fixes the learning rate, the decay and the clipping of this step for every range.</summary>
    internal void BeginStep()
    {
        double learningRate = LearningRate;
        double stepFactor = Optimizer.StepFactor(Iterations);
        double globalScale = Optimizer.GlobalClipNorm is { } limit ? GlobalScale(limit) : 1;
        int block = 0;
        for (int i = 0; i < _contexts.Length; i++)
        {
            UpdateRange range = _plan.Ranges[i];
            double gradientScale = Optimizer.ClipNorm is { } clipNorm ? VariableScale(clipNorm, i, ref block) : globalScale;
            double scaledRate = learningRate * range.LearningRateScale;
            double decay = range.Decays && Optimizer.WeightDecay is { } weightDecay ? 1 - (weightDecay * scaledRate) : 1;
            _contexts[i] = new UpdateContext(scaledRate, stepFactor, Iterations, gradientScale, Optimizer.ClipValue, decay);
        }
    }

    /// <summary>
    /// Updates one part's share of the weights and slots: of each variable as much as it had of the units of that variable's gradient, in the order of
    /// memory, so that it finds most of it in the caches of its own core.
    /// </summary>
    internal void Update(int part, int parts, Span<float> weights, ReadOnlySpan<float> gradients)
    {
        for (int i = 0; i < _contexts.Length; i++)
        {
            UpdateRange range = _plan.Ranges[i];
            long lines = (range.Length + Line - 1L) / Line;
            int start = (int)(lines * part / parts) * Line, end = Math.Min((int)(lines * (part + 1) / parts) * Line, range.Length);
            if (start >= end)
                continue;
            int offset = range.Offset + start, length = end - start;
            Optimizer.Update(in _contexts[i], weights.Slice(offset, length), gradients.Slice(offset, length), new SlotRanges(_slots, offset, length));
        }
        GC.KeepAlive(this);
    }

    /// <summary>Counts the step.</summary>
    internal void EndStep() => Iterations++;

    /// <summary>A whole step on the calling thread.</summary>
    internal void Step(Span<float> weights, ReadOnlySpan<float> gradients)
    {
        if (NeedsNorm)
        {
            for (int i = 0; i < BlockCount; i++)
                MeasureBlock(i, gradients);
        }
        BeginStep();
        Update(0, 1, weights, gradients);
        EndStep();
    }

    private double GlobalScale(double limit)
    {
        double squares = 0;
        foreach (double value in _squares)
            squares += value;
        double norm = Math.Sqrt(squares);
        // An infinite norm gives NaN, as in Keras, so that a diverged run shows instead of standing still.
        return (limit / Math.Max(norm, limit)) + (norm - norm);
    }

    private double VariableScale(double limit, int range, ref int block)
    {
        double squares = 0;
        for (; block < _squares.Length && _plan.Blocks[block].Range == range; block++)
            squares += _squares[block];
        return limit / Math.Max(Math.Sqrt(squares), limit);
    }
}
