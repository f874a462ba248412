namespace NetGen.Generator.Tests;

/// <summary>One run of an emitted program on guarded memory.</summary>
internal sealed unsafe class NetRun
{
    /// <summary>What stands in the gradients of frozen parameters before a step.</summary>
    private const float Poison = -1.2345e30f;

    private readonly EmittedNet net;
    private readonly NetData data;
    private readonly List<GuardedBuffer> guarded = [];
    private Frame frame;

    private NetRun(EmittedNet net, Graph graph, NetData data)
    {
        this.net = net;
        this.data = data;
        this.Graph = graph;
        IReadOnlyDictionary<string, long> sizes = data.SizesOf(graph);
        this.Weights = this.Allocate(net.Schedules.Layouts.Length);
        this.Weights.Span.Clear();
        foreach (Value parameter in graph.Parameters)
        {
            this.Pack(parameter, this.Weights.Span);
        }

        this.Inputs = [.. graph.Inputs.Select(i => this.Filled(i))];
        this.Outputs = [.. graph.Outputs.Select(o => this.Allocate(data.Count(o.Value, graph)))];
        for (int i = 0; i < this.Inputs.Length; i++)
        {
            this.frame.Inputs[i] = (nint)this.Inputs[i].Pointer;
        }

        // As the lowering counts them: behind the inputs, in the order of the run-time sizes.
        string[] times = [.. SizeNames.OfProgram(graph).Skip(1)];
        foreach (Value lengths in graph.Values.Where(v => v.Kind == ValueKind.Lengths))
        {
            this.frame.Inputs[this.Inputs.Length + Array.IndexOf(times, lengths.Name)] = (nint)this.Filled(lengths).Pointer;
        }

        for (int i = 0; i < this.Outputs.Length; i++)
        {
            this.frame.Outputs[i] = (nint)this.Outputs[i].Pointer;
        }

        this.Masks = [.. graph.Outputs.Select(o => o.StepMask is { } mask ? this.Allocate(data.Count(mask, graph)) : null)];
        foreach ((int index, GuardedBuffer mask) in this.Masks.OfType<GuardedBuffer>().Index())
        {
            // Behind the outputs and their logits.
            this.frame.Outputs[(2 * this.Masks.Length) + index] = (nint)mask.Pointer;
        }

        if (graph.Penalty is not null)
        {
            this.Penalties = this.Allocate(data.Batch);
            this.frame.Outputs[(2 * this.Masks.Length) + this.Masks.Count(m => m is not null)] = (nint)this.Penalties.Pointer;
        }

        this.frame.WeightsPointer = this.Weights.Pointer;
        this.frame.Seed = NetData.Seed;
        this.frame.Step = NetData.Step;
        for (int i = 0; i < net.Toggles.Count; i++)
        {
            this.frame.LiveToggles |= data.IsLive(net.Toggles[i]) ? 1UL << i : 0;
        }
    }

    public Graph Graph { get; }

    public GuardedBuffer Weights { get; }

    public GuardedBuffer[] Inputs { get; }

    public GuardedBuffer[] Outputs { get; }

    /// <summary>Which steps of the outputs count.</summary>
    public GuardedBuffer?[] Masks { get; }

    /// <summary>In training, what each sample adds to the loss.</summary>
    public GuardedBuffer? Penalties { get; }

    /// <summary>In training, what stood before the outputs' final activations.</summary>
    public GuardedBuffer?[] Logits { get; private set; } = [];

    /// <summary>The outputs' gradients, and behind them those of the logits.</summary>
    public GuardedBuffer[] OutputGradients { get; private set; } = [];

    public GuardedBuffer Gradients { get; private set; } = null!;

    /// <summary>What is taken over from call to call, behind the run.</summary>
    public GuardedBuffer States { get; private set; } = null!;

    private IReadOnlyList<Buffer> statePlaces = [];

    /// <summary>Runs inference over the whole batch at once.</summary>
    public static NetRun Infer(EmittedNet net, NetData data)
    {
        NetRun run = new(net, net.InferenceGraph, data);
        run.SetSizes(net.Schedules.Inference);
        GuardedBuffer prepared = run.Allocate(net.Inference.PreparedLength), scratch = run.Allocate(net.Inference.ScratchLength);
        LoneParameters parameters = new(net.InferenceGraph.Parameters.Select(p => run.Stored(p, run.Weights).ToArray()));
        parameters.Keep(net.Inference.Places, prepared.Span);
        run.frame.Parts = 1;
        run.frame.Parameters = parameters;
        run.frame.PreparedPointer = prepared.Pointer;
        run.frame.ArenaPointer = scratch.Pointer;
        net.Inference.Prepare(in run.frame);
        parameters.CheckReleased();
        scratch.Span.Fill(float.NaN);
        GuardedBuffer arena = run.Allocate(net.Inference.ArenaLength(in run.frame));
        run.frame.ArenaPointer = arena.Pointer;
        if (net.Inference.RunsWhole)
        {
            net.Inference.RunWhole(ref run.frame.Prepared, ref run.frame.Input(0), ref run.frame.Output(0), data.Batch);
        }
        else
        {
            net.Inference.Run(in run.frame);
        }

        run.CheckGuards();
        return run;
    }

    /// <summary>Runs a training step, on a team where there are several parts.</summary>
    public static NetRun Train(EmittedNet net, NetData data, bool isFused = false, int parts = 1)
    {
        NetRun run = new(net, net.TrainingGraph!, data);
        run.SetSizes(net.Schedules.Training!);
        run.Gradients = run.Allocate(net.Schedules.Layouts.Length);
        run.Gradients.Span.Clear();
        foreach (Value parameter in run.Graph.Parameters.Where(run.IsFrozen))
        {
            run.StoredGradient(parameter).Fill(Poison);
        }

        GuardedBuffer prepared = run.Allocate(net.Training!.PreparedLength);
        run.frame.Parts = parts;
        GuardedBuffer arena = run.Allocate(net.Training.ArenaLength(in run.frame));
        run.frame.PreparedPointer = prepared.Pointer;
        run.frame.ArenaPointer = arena.Pointer;
        run.frame.GradientsPointer = run.Gradients.Pointer;
        run.Logits = [.. net.TrainingGraph!.Outputs.Select(o => o.Logits is null ? null : run.Allocate(data.Count(o.Logits, net.TrainingGraph)))];
        for (int i = 0; i < run.Logits.Length; i++)
        {
            run.frame.Outputs[run.Outputs.Length + i] = run.Logits[i] is { } logits ? (nint)logits.Pointer : 0;
        }

        run.FillOutputGradients(isFused);
        run.RunOnTeam(net.Training.Prepare, parts);
        run.RunOnTeam(net.Training.Forward, parts);
        run.RunOnTeam(net.Training.Backward, parts);
        run.CheckGuards();
        return run;
    }

    /// <summary>A parameter out of the flat weights or their gradients, in its logical order.</summary>
    public double[] Unpack(Value parameter, GuardedBuffer flat)
    {
        Span<float> span = flat.Span;
        Func<int, int> positions = this.Positions(parameter);
        double[] result = new double[parameter.Shape.Count.Constant];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = span[positions(i)];
        }

        return result;
    }

    /// <summary>Whether a toggle keeps a parameter as it is.</summary>
    public bool IsFrozen(Value parameter) => parameter.Parameter!.Toggle is { } toggle && !this.data.IsLive(toggle);

    /// <summary>Whether nothing was written to where a parameter's gradient goes.</summary>
    public bool IsUntouched(Value parameter) => !this.StoredGradient(parameter).ContainsAnyExcept(Poison);

    /// <summary>Whether every float of the flat weights that belongs to no element is zero.</summary>
    public bool PadsAreZero(GuardedBuffer flat)
    {
        bool[] used = new bool[flat.Length];
        foreach (Value parameter in this.Graph.Parameters)
        {
            if (flat == this.Gradients && this.IsFrozen(parameter))
            {
                used.AsSpan((int)this.net.Schedules.Layouts.Offset(parameter.Name), this.StoredGradient(parameter).Length).Fill(true);
            }

            Func<int, int> positions = this.Positions(parameter);
            for (int i = 0; i < parameter.Shape.Count.Constant; i++)
            {
                used[positions(i)] = true;
            }
        }

        Span<float> span = flat.Span;
        for (int i = 0; i < used.Length; i++)
        {
            if (!used[i] && span[i] != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where a parameter's gradient goes, pad lanes included.</summary>
    private Span<float> StoredGradient(Value parameter) => this.Stored(parameter, this.Gradients);

    /// <summary>Where a parameter lies in flat memory, pad lanes included.</summary>
    private Span<float> Stored(Value parameter, GuardedBuffer flat) =>
        flat.Span.Slice((int)this.net.Schedules.Layouts.Offset(parameter.Name), (int)this.net.Schedules.Layouts.Layout(parameter.Name).Length(parameter.Shape).Constant);

    private delegate void Phase(in Frame frame);

    private void RunOnTeam(Phase phase, int parts)
    {
        if (parts == 1)
        {
            this.frame.Parts = 1;
            phase(in this.frame);
            return;
        }

        Team team = new(parts);
        Assert.True(team.TryAcquire(parts, out TeamLease lease));
        lease.Run(new Job(this.frame, phase));
        lease.Dispose();
    }

    private sealed class Job(Frame frame, Phase phase) : ITeamJob
    {
        public void Run(int part, int parts, TeamBarrier barrier)
        {
            Frame own = frame;
            (own.Part, own.Parts, own.Barrier) = (part, parts, barrier);
            phase(in own);
        }
    }

    private void FillOutputGradients(bool isFused)
    {
        int count = this.Graph.Outputs.Count;
        Value[] gradients = [.. this.Graph.Values.Where(v => v.Kind == ValueKind.Gradient)];
        List<GuardedBuffer> buffers = [];
        foreach (Value gradient in gradients.OrderBy(g => g.Slot))
        {
            if (gradient.Slot == this.Graph.PenaltySlot)
            {
                GuardedBuffer ofPenalty = this.Filled(gradient);
                this.frame.OutputGradients[gradient.Slot] = (nint)ofPenalty.Pointer;
                buffers.Add(ofPenalty);
                continue;
            }

            bool isLogits = gradient.Slot >= count;
            bool hasLogits = this.Graph.LogitGradients.Any(u => u.State.Slot % count == gradient.Slot % count);
            bool isGiven = isLogits ? isFused : !isFused || !hasLogits;
            GuardedBuffer buffer = isGiven ? this.Filled(gradient) : this.Allocate(this.data.Count(gradient, this.Graph));
            this.frame.OutputGradients[gradient.Slot] = (nint)buffer.Pointer;
            buffers.Add(buffer);
            if (isLogits && isFused)
            {
                this.frame.FusedOutputs |= 1UL << (gradient.Slot - count);
            }
        }

        this.OutputGradients = [.. buffers];
    }

    private void SetSizes(ProgramSchedule schedule)
    {
        IReadOnlyDictionary<string, long> sizes = this.data.SizesOf(this.Graph);
        for (int i = 0; i < schedule.Sizes.Count; i++)
        {
            this.frame.SizeValues[i] = (nint)sizes[schedule.Sizes[i]];
        }

        this.statePlaces = schedule.States;
        this.States = this.Allocate(this.data.Batch * schedule.States.Sum(s => s.Length.Scale));
        this.frame.StatePointer = this.States.Pointer;
        for (int i = 0; i < schedule.States.Count; i++)
        {
            double[] elements = this.data.Of(this.Graph.States[i], this.Graph);
            Span<float> span = this.StateSpan(i);
            for (int k = 0; k < elements.Length; k++)
            {
                span[k] = (float)elements[k];
            }
        }
    }

    /// <summary>A state behind the run.</summary>
    public double[] State(int index)
    {
        double[] result = new double[this.StateSpan(index).Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = this.StateSpan(index)[i];
        }

        return result;
    }

    private Span<float> StateSpan(int index)
    {
        Buffer place = this.statePlaces[index];
        return this.States.Span.Slice((int)place.Offset * this.data.Batch, (int)place.Elements.Scale * this.data.Batch);
    }

    private void CheckGuards() => Assert.All(this.guarded, (b, i) => Assert.True(b.IsIntact(), $"Something was written around buffer {i} of {this.net}."));

    private GuardedBuffer Allocate(long length)
    {
        GuardedBuffer buffer = new(length);
        this.guarded.Add(buffer);
        return buffer;
    }

    private GuardedBuffer Filled(Value value)
    {
        double[] elements = this.data.Of(value, this.Graph);
        GuardedBuffer buffer = this.Allocate(elements.Length);
        Span<float> span = buffer.Span;
        for (int i = 0; i < elements.Length; i++)
        {
            span[i] = (float)elements[i];
        }

        return buffer;
    }

    private void Pack(Value parameter, Span<float> flat)
    {
        double[] elements = this.data.Of(parameter, this.Graph);
        Func<int, int> positions = this.Positions(parameter);
        for (int i = 0; i < elements.Length; i++)
        {
            flat[positions(i)] = (float)elements[i];
        }
    }

    /// <summary>Where an element of a parameter lies in the flat weights.</summary>
    private Func<int, int> Positions(Value parameter)
    {
        int start = checked((int)this.net.Schedules.Layouts.Offset(parameter.Name));
        if (this.net.Schedules.Layouts.Layout(parameter.Name) != PanelLayout.Instance)
        {
            return element => start + element;
        }

        (int rows, int columns) = ((int)parameter.Shape.CountOf(0, parameter.Shape.Rank - 1).Constant, (int)parameter.Shape.Last.Constant);
        (int Column, int Width, int Valid)[] panels = [.. PanelLayout.Panels(columns)];
        return element =>
        {
            (int row, int column) = (element / columns, element % columns);
            (int first, int width, _) = panels[column / PanelLayout.Width];
            return start + (first * rows) + (row * width) + (column - first);
        };
    }
}
