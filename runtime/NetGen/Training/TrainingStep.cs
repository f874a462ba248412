using System.Diagnostics.CodeAnalysis;

namespace NetGen;

/// <summary>
/// One step of training, as a program that all parts of a team run: derived weights, forward, losses and metrics, backward, penalties, update. Nothing is
/// allocated once the buffers have grown to the largest batch.
/// </summary>
internal sealed unsafe class TrainingStep : ITeamJob
{
    private readonly Network network;
    private readonly TrainingProgram whole;
    private readonly OutputHead[] heads;
    private readonly WeightUpdate update;
    private readonly NativeBuffer gradients;
    private readonly bool hasStates;
    private readonly int times;
    private TrainingProgram? program;
    private NativeBuffer prepared = new(0);
    private NativeBuffer arena = new(0);
    private NativeBuffer lengths = new(0);
    private NativeBuffer penalties = new(0);
    private NativeBuffer penaltyGradients = new(0);
    private Frame frame;
    private Batch batch = null!;
    private DataBinding binding = null!;
    private SampleWeighting? weighting;
    private Scoreboard? board;
    private double loss;
    private bool isLocked;

    public TrainingStep(Network network, TrainingProgram program, OutputHead[] heads, WeightUpdate update, NativeBuffer gradients)
    {
        this.network = network;
        whole = program;
        this.heads = heads;
        this.update = update;
        this.gradients = gradients;
        Frozen = program.Frozen is { } frozen ? new FrozenFeatures(network, frozen) : null;
        times = network.Definition.Times;
        States = new CarriedStates(network.Definition.Name, network.Definition.States, [.. program.StateSizes], [.. program.StateOffsets], program.StateFloats);
        hasStates = network.Definition.Parameters.Any(parameter => !parameter.Trainable);
        for (int i = 0; i < heads.Length; i++)
        {
            if (heads[i].IsFused) frame.FusedOutputs |= 1UL << i;
        }
    }

    /// <summary>The part that starts frozen, if it can be split off.</summary>
    public FrozenFeatures? Frozen { get; }

    /// <summary>Floats of scratch memory and kept activations that the steps so far have needed, of the present program.</summary>
    public nint ArenaLength => arena.Length;

    /// <summary>What layers with <c>Stateful</c> take over from batch to batch.</summary>
    public CarriedStates States { get; }

    /// <summary>Trains on a batch.</summary>
    /// <param name="samples">The batch.</param>
    /// <param name="columns">Which of its tensors is which.</param>
    /// <param name="classes">The weights of the classes, or null.</param>
    /// <param name="results">Takes the losses and metrics in, or null.</param>
    /// <param name="seed">The key of random numbers.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <returns>The loss with penalties.</returns>
    public double Run(Batch samples, DataBinding columns, SampleWeighting? classes, Scoreboard? results, ulong seed, int threads)
    {
        (batch, binding, weighting, board) = (samples, columns, classes, results);
        for (int i = 0; i < network.Definition.Inputs.Length; i++)
            frame.Inputs[i] = BatchMemory.Address(batch.Input(binding.InputOf(i)));
        return Run(seed, threads);
    }

    /// <summary>Trains on samples that lie with the caller.</summary>
    /// <param name="targets">What belongs to them.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="seed">The key of random numbers.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <returns>The loss with penalties.</returns>
    public double Run(SingleBatch targets, ReadOnlySpan<float> samples, ulong seed, int threads)
    {
        (batch, binding, weighting, board) = (targets.Batch, targets.Binding, null, null);
        fixed (float* input = samples)
        {
            frame.Inputs[0] = (nint)input;
            return Run(seed, threads);
        }
    }

    /// <summary>Changes the weights that train, between two steps.</summary>
    public void ChangeWeights(Action change)
    {
        lock (network.WeightsLock)
        {
            change();
            MarkChanged();
        }
    }

    private double Run(ulong seed, int threads)
    {
        NativeBuffer? states = States.Begin(batch.Count);
        frame.StatePointer = states is null ? null : states.Pointer;
        weighting?.Read(batch);
        update.Refresh();
        if (update.AreAveragesIn || update.IsEvaluating) ChangeWeights(update.RestoreWeights);
        FrozenFeatures? frozen = Frozen is { IsFrozen: true } ? Frozen : null;
        Use(frozen is null ? whole : frozen.Program.Rest);
        try
        {
            frame.Seed = seed;
            frame.Step = (uint)update.State.Batches;
            frame.LiveToggles = network.LiveToggles;
            binding.SetSizes(ref frame, batch.Count, batch);
            if (frozen is not null)
            {
                frozen.Take(batch, ref frame, threads);
                threads = TrainingEngine.ThreadsFor(program, batch.Count, threads);
            }

            // No more parts than the team has threads, as each part has scratch memory of its own.
            frame.Parts = Math.Min(threads, Team.Shared.Size);
            Point();
            Team.Shared.TryAcquire(threads, out TeamLease lease);
            using (lease) lease.Run(this);
        }
        catch (ArgumentOutOfRangeException)
        {
            TokenData.Check(batch, binding, network.Definition, SamplesOfCaller());
            throw;
        }
        finally
        {
            if (isLocked)
            {
                // Also after a failure: whatever was changed is seen.
                MarkChanged();
                network.WeightsLock.Exit();
                isLocked = false;
            }
        }

        States.End(batch.Count);
        update.EndStep();
        board?.AddTotal(loss, batch.Count);
        GC.KeepAlive(this);
        return loss;
    }

    /// <inheritdoc/>
    void ITeamJob.Run(int part, int parts, TeamBarrier barrier)
    {
        Frame own = frame;
        (own.Part, own.Parts, own.Barrier) = (part, parts, barrier);
        program!.Prepare(in own);
        barrier.Sync();
        program.Forward(in own);
        barrier.Sync();
        if (part == 0) EvaluateLosses();
        if (part == parts - 1 && board is not null) UpdateMetrics();
        // New states are written into the weights during the backward half; without any, readers are kept out for the update only.
        if (part == 0 && hasStates) Lock();
        barrier.Sync();
        program.Backward(in own);
        barrier.Sync();
        if (update.IsScaled)
        {
            update.Unscale(part, parts);
            barrier.Sync();
        }

        if (update.HasPenalties)
        {
            update.AddPenalties(part, parts, withGradients: true);
            barrier.Sync();
        }

        if (update.Accumulates)
        {
            update.Accumulate(part, parts);
            barrier.Sync();
        }

        if (update.NeedsNorm)
        {
            update.Measure(part, parts);
            barrier.Sync();
        }

        if (part == 0)
        {
            loss += update.Penalty;
            update.BeginStep();
            if (!hasStates) Lock();
        }

        barrier.Sync();
        update.Update(part, parts);
        if (update.HasConstraints)
        {
            barrier.Sync();
            update.Constrain(part, parts);
        }
    }

    /// <summary>Takes another program, whose memory is of other sizes; that of the last one is given back.</summary>
    [MemberNotNull(nameof(program))]
    private void Use(TrainingProgram next)
    {
        if (program == next) return;
        program = next;
        prepared = new NativeBuffer(program.PreparedLength);
        arena = new NativeBuffer(0);
    }

    /// <summary>Fills in where the memory of the step lies, but for the inputs.</summary>
    private void Point()
    {
        nint length = program!.ArenaLength(in frame);
        if (length > arena.Length) arena = new NativeBuffer(length);
        frame.ArenaPointer = arena.Pointer;
        frame.WeightsPointer = network.Weights.Pointer;
        frame.PreparedPointer = prepared.Pointer;
        frame.GradientsPointer = gradients.Pointer;
        PointToLengths();
        for (int i = 0; i < heads.Length; i++)
        {
            OutputHead head = heads[i];
            head.Reserve(batch.Capacity);
            frame.Outputs[i] = (nint)head.Predictions.Pointer;
            frame.Outputs[heads.Length + i] = (nint)head.Logits.Pointer;
            if (head.Info.IsMasked) frame.Outputs[network.Definition.MaskSlot(i)] = (nint)head.Mask.Pointer;
            frame.OutputGradients[i] = (nint)head.Gradient.Pointer;
            frame.OutputGradients[heads.Length + i] = (nint)head.LogitGradient.Pointer;
        }

        if (program.PenaltySlot >= 0)
        {
            if (batch.Count > penalties.Length)
            {
                penalties = new NativeBuffer(batch.Capacity);
                penaltyGradients = new NativeBuffer(batch.Capacity);
                penaltyGradients.Slice(0, batch.Capacity).Fill(update.LossScale);
            }

            frame.Outputs[program.PenaltySlot] = (nint)penalties.Pointer;
            frame.OutputGradients[program.PenaltySlot] = (nint)penaltyGradients.Pointer;
        }
    }

    private void PointToLengths()
    {
        (int count, int inputs) = (batch.Count, network.Definition.Inputs.Length);
        if ((nint)times * count > lengths.Length) lengths = new NativeBuffer((nint)times * batch.Capacity);
        binding.WriteLengths(batch, in frame, lengths.Slice(0, times * count));
        for (int time = 0; time < times; time++) frame.Inputs[inputs + time] = (nint)(lengths.Pointer + ((nint)time * count));
    }

    private void EvaluateLosses()
    {
        loss = 0;
        for (int i = 0; i < heads.Length; i++)
        {
            if (heads[i].Loss is null) continue;
            double value = heads[i].Evaluate(heads[i].LossInput(batch, i, binding, SampleWeights), withGradient: true);
            board?.AddLoss(i, value, batch.Count);
            loss += value * heads[i].Weight;
        }

        if (program!.PenaltySlot >= 0) loss += TrainingEngine.Sum(penalties.Slice(0, batch.Count));
        // Before anything is changed: what data brought in must not stay in the weights.
        if (!double.IsFinite(loss)) FiniteData.Check(batch, binding, network.Definition, heads, SamplesOfCaller());
    }

    /// <summary>The input of a batch that lies with the caller, or empty.</summary>
    private ReadOnlySpan<float> SamplesOfCaller() =>
        batch.InputCount > 0 ? [] : new ReadOnlySpan<float>((void*)frame.Inputs[0], batch.Count * network.Definition.Inputs[0].Size);

    private void UpdateMetrics()
    {
        for (int i = 0; i < heads.Length; i++)
        {
            if (heads[i].Metrics.Length > 0) board!.UpdateMetrics(i, heads[i].MetricInput(batch, i, binding, SampleWeights));
        }
    }

    private ReadOnlySpan<float> SampleWeights => weighting is null ? batch.SampleWeights : weighting.Weights;

    private void MarkChanged()
    {
        if (Frozen is { IsFrozen: true }) Frozen.MarkOthersChanged();
        else network.MarkWeightsChanged();
    }

    private void Lock()
    {
        network.WeightsLock.Enter();
        isLocked = true;
    }
}
