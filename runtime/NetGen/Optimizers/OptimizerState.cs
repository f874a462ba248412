namespace NetGen;

/// <summary>
/// What an optimizer remembers between steps: how many batches it has seen, the learning rate as callbacks changed it, and the slots. It belongs to one trainer.
/// </summary>
/// <remarks>
/// A batch is: <see cref="Accumulate"/> for every part if <see cref="Accumulates"/>, <see cref="MeasureBlock"/> for every block if <see cref="NeedsNorm"/>, then <see cref="BeginStep"/>,
/// <see cref="Update"/> for every part, and <see cref="EndStep"/>. Blocks and parts may run on any threads in any order; the bits are the same. Nothing allocates once the first step is made.
/// </remarks>
internal sealed partial class OptimizerState
{
    /// <summary>Floats of a cache line: no line is written by two parts.</summary>
    private const int Line = 16;

    private readonly int _length;
    private readonly ParameterInfo[] _variables;
    private readonly bool[] _isStarted;
    private readonly int _ownSlots;
    private readonly OptimizerSlot? _averages;
    private readonly OptimizerSlot? _sums;
    private readonly NativeBuffer[] _buffers;
    private double? _learningRate;
    private UpdatePlan _plan = null!;
    private UpdateContext[] _contexts = [];
    private double[] _squares = [];

    /// <summary>Makes a fresh state: no batches, slots as the optimizer says.</summary>
    /// <param name="optimizer">The description.</param>
    /// <param name="length">The number of floats in the flat buffers of weights and gradients.</param>
    /// <param name="variables">One range per variable, in ascending order.</param>
    internal OptimizerState(Optimizer optimizer, int length, ReadOnlySpan<UpdateRange> variables)
    {
        Optimizer = optimizer;
        _length = length;
        _isWhole = !optimizer.IsElementwise;
        _isStarted = new bool[variables.Length];
        _variables = new ParameterInfo[variables.Length];
        for (int i = 0; i < variables.Length; i++)
            _variables[i] = variables[i].Parameter ?? new ParameterInfo("", [variables[i].Length], variables[i].Offset, new Zeros());
        _ownSlots = optimizer.SlotNames.Count;
        _places = new SlotPlace[_isWhole ? _ownSlots * variables.Length : 0];
        List<OptimizerSlot> slots = [];
        for (int slot = 0; slot < _ownSlots; slot++)
            slots.Add(_isWhole ? NewWholeSlot(slot) : new OptimizerSlot(optimizer.SlotNames[slot], _variables, length));
        if (optimizer.UseEma)
            slots.Add(_averages = new OptimizerSlot("average", _variables, length));
        if (Accumulates)
            slots.Add(_sums = new OptimizerSlot("gradient_accumulator", _variables, length));
        Slots = slots;
        _buffers = new NativeBuffer[_ownSlots];
        UseSlots();
        SetVariables(variables);
    }

    internal Optimizer Optimizer { get; }

    /// <summary>The number of finished batches.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    internal long Batches
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Batches));
            field = value;
        }
    }

    /// <summary>The number of finished steps of the weights: that of the batches, unless gradients are accumulated.</summary>
    internal long Iterations => Optimizer.GradientAccumulationSteps is { } steps ? Batches / steps : Batches;

    /// <summary>The learning rate of the next step. Setting it replaces the optimizer's number from then on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    /// <exception cref="InvalidOperationException">The learning rate follows a schedule, so that it cannot be set (as in Keras).</exception>
    internal double LearningRate
    {
        get => _learningRate ?? Optimizer.LearningRate.At(Batches);
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

    /// <summary>The slots of the optimizer, then the averages and the accumulated gradients where there are some.</summary>
    internal IReadOnlyList<OptimizerSlot> Slots { get; }

    /// <summary>The number of blocks to measure.</summary>
    internal int BlockCount => _plan.Blocks.Length;

    /// <summary>Whether gradients are accumulated over several batches.</summary>
    internal bool Accumulates => Optimizer.GradientAccumulationSteps is not null;

    /// <summary>Whether the weights move after this batch.</summary>
    internal bool IsStep => Optimizer.GradientAccumulationSteps is not { } steps || (Batches + 1) % steps == 0;

    /// <summary>Whether the blocks have to be measured before the step begins, because a norm is clipped.</summary>
    internal bool NeedsNorm => IsStep && (Optimizer.ClipNorm is not null || Optimizer.GlobalClipNorm is not null);

    /// <summary>The variables that were never trained so far, by their places: their slots are still to start.</summary>
    internal IEnumerable<int> Unstarted => Enumerable.Range(0, _isStarted.Length).Where(i => !_isStarted[i]);

    /// <summary>Whether it makes a difference which variables were trained already.</summary>
    internal bool HasStarts => _averages is not null || Enumerable.Range(0, _ownSlots).Any(slot => Optimizer.SlotStartOf(slot) is { IsWeights: true } or { Value: not 0 });

    /// <summary>Takes over which variables are trainable, which decay, and their learning-rate scales. Slots stay as they are, but for gradients accumulated of variables that are frozen now.</summary>
    /// <param name="variables">One range per variable, in ascending order.</param>
    internal void SetVariables(ReadOnlySpan<UpdateRange> variables)
    {
        _plan = UpdatePlan.Build(variables, _length);
        _contexts = new UpdateContext[_plan.Ranges.Length];
        _squares = new double[_plan.Blocks.Length];
        _order = [.. Enumerable.Range(0, _plan.Ranges.Length).OrderByDescending(i => _plan.Ranges[i].Length)];
        _scratchLength = _isWhole ? _plan.Variables.Select(i => ScratchLength(_variables[i])).DefaultIfEmpty().Max() : 0;
        foreach (UpdateRange variable in variables)
        {
            if (!variable.Trainable)
                _sums?.Values.Slice(variable.Offset, variable.Length).Clear();
        }
    }

    /// <summary>Takes memory over that holds what a checkpoint has of each slot, and which variables have started.</summary>
    internal void Adopt(NativeBuffer[] buffers, IEnumerable<int> unstarted)
    {
        for (int i = 0; i < buffers.Length; i++)
            Slots[i].Buffer = buffers[i];
        UseSlots();
        Array.Fill(_isStarted, true);
        foreach (int variable in unstarted)
            _isStarted[variable] = false;
    }

    /// <summary>Multiplies one part's share of the gradients.</summary>
    internal void Scale(int part, int parts, Span<float> gradients, float factor)
    {
        for (int i = 0; i < _plan.Ranges.Length; i++)
        {
            Span<float> share = Share(i, part, parts).Of(gradients);
            RowMath.Scale(share, factor, share);
        }
    }

    /// <summary>Adds one part's share of the gradients to those of the batches before; in the batch of a step it becomes the mean of all, and the sums begin anew.</summary>
    internal unsafe void Accumulate(int part, int parts, Span<float> gradients)
    {
        float steps = IsStep ? Optimizer.GradientAccumulationSteps!.Value : 0;
        for (int i = 0; i < _plan.Ranges.Length; i++)
        {
            SlotPlace place = Share(i, part, parts);
            fixed (float* g = place.Of(gradients), sum = place.Of(_sums!.Values))
                Lanes.Run(new AccumulateKernel(g, sum, steps), place.Length);
        }
        GC.KeepAlive(this);
    }

    /// <summary>Adds up the squares of one block's gradients.</summary>
    internal void MeasureBlock(int index, ReadOnlySpan<float> gradients)
    {
        UpdatePlan.Block block = _plan.Blocks[index];
        _squares[index] = Sums.OfSquares(gradients.Slice(block.Offset, block.Length));
    }

    /// <summary>Starts the slots of variables that train for the first time, and fixes the learning rate, the decay and the clipping of this step for every range.</summary>
    internal void BeginStep(ReadOnlySpan<float> weights)
    {
        Start(weights);
        _next = 0;
        if (!IsStep)
            return;
        double learningRate = LearningRate;
        double stepFactor = Optimizer.StepFactor(Iterations);
        double globalScale = Optimizer.GlobalClipNorm is { } limit ? GlobalScale(limit) : 1;
        int block = 0;
        for (int i = 0; i < _contexts.Length; i++)
        {
            UpdateRange range = _plan.Ranges[i];
            double gradientScale = Optimizer.ClipNorm is { } clipNorm ? VariableScale(clipNorm, i, ref block) : globalScale;
            double scaledRate = learningRate * range.LearningRateScale;
            double decay = range.Decays && Optimizer.WeightDecayOf(_variables[_plan.Variables[i]]) is { } weightDecay ? 1 - (weightDecay * scaledRate) : 1;
            _contexts[i] = new UpdateContext(scaledRate, stepFactor, Iterations, gradientScale, Optimizer.ClipValue, decay);
        }
    }

    /// <summary>
    /// Updates one part's share of the weights and slots: of each variable as much as it had of the units of that variable's gradient, in the order of
    /// memory, so that it finds most of it in the caches of its own core; or whole variables, as many as it gets done.
    /// </summary>
    internal void Update(int part, int parts, Span<float> weights, ReadOnlySpan<float> gradients)
    {
        if (_isWhole)
        {
            UpdateVariables(weights, gradients);
        }
        else
        {
            for (int i = 0; i < _contexts.Length; i++)
            {
                SlotPlace place = Share(i, part, parts);
                if (place.Length <= 0)
                    continue;
                if (IsStep)
                    Optimizer.Update(in _contexts[i], place.Of(weights), place.Of(gradients), new SlotRanges(_buffers, place.Offset, place.Length));
                Follow(place, weights);
            }
        }
        GC.KeepAlive(this);
    }

    /// <summary>Counts the batch.</summary>
    internal void EndStep() => Batches++;

    /// <summary>A whole batch on the calling thread.</summary>
    internal void Step(Span<float> weights, Span<float> gradients)
    {
        if (Accumulates)
            Accumulate(0, 1, gradients);
        if (NeedsNorm)
        {
            for (int i = 0; i < BlockCount; i++)
                MeasureBlock(i, gradients);
        }
        BeginStep(weights);
        Update(0, 1, weights, gradients);
        EndStep();
    }

    private void UseSlots()
    {
        for (int i = 0; i < _ownSlots; i++)
            _buffers[i] = Slots[i].Buffer;
    }

    /// <summary>What of a range belongs to a part: whole cache lines.</summary>
    private SlotPlace Share(int index, int part, int parts)
    {
        UpdateRange range = _plan.Ranges[index];
        long lines = (range.Length + Line - 1L) / Line;
        int start = (int)(lines * part / parts) * Line, end = Math.Min((int)(lines * (part + 1) / parts) * Line, range.Length);
        return new SlotPlace(range.Offset + start, Math.Max(0, end - start));
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
