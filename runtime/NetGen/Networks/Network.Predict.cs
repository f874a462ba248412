using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <content>Inference.</content>
public abstract partial class Network
{
    /// <summary>Multiply-adds of a sample from which several threads gain by working on it together, waiting for each other between layers.</summary>
    private const long LeastSharedWork = 1_000_000;

    private readonly InferenceProgram program;
    private readonly WorkspacePool<NativeBuffer> arenas = new();
    private readonly bool runsWhole;

    /// <summary>Whether a call needs nothing around the program: also no words for what it may refuse.</summary>
    private readonly bool runsDirectly;
    private readonly bool hasTokens;
    private readonly int inputSize;
    private readonly int outputSize;
    private readonly int times;
    private readonly bool hasMasks;

    /// <summary>What layers with <c>Stateful</c> take over: floats of one sample, and where each state lies.</summary>
    private readonly int stateFloats;
    private readonly int[] stateSizes;
    private readonly int[] stateOffsets;
    private WorkspacePool<PredictJob>? jobs;
    private WorkspacePool<SharedPredictJob>? sharedJobs;
    private WorkspacePool<NativeBuffer>? hiddens;

    /// <summary>Runs inference of a network with one input and one output.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void PredictSamples(ReadOnlySpan<float> input, Span<float> output, int threads)
    {
        if (!this.runsDirectly || threads > 1)
        {
            this.Predict(new PredictCall { Input0 = input, Output0 = output }, threads);
            return;
        }

        // The commonest call, one sample, is told without a division.
        nint samples = input.Length == this.inputSize && output.Length == this.outputSize ? 1
            : this.CountSamples(new PredictCall { Input0 = input, Output0 = output });
        Prepared weights = this.CurrentWeights();
        this.program.RunWhole(ref weights.Buffer.Reference, ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(output), samples);
        GC.KeepAlive(weights);
    }

    /// <summary>Runs inference on a batch; any number of threads may call it at once, also while a trainer changes the weights.</summary>
    /// <param name="call">The spans.</param>
    /// <param name="threads">How many threads may share the batch.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected unsafe void Predict(scoped in PredictCall call, int threads = 1)
    {
        Frame frame = default;
        int count = call.SetSizes(this.Definition, ref frame);
        call.CheckOutputs(this.Definition, this.program, in frame);
        if (count == 0)
        {
            return;
        }

        NativeBuffer? hidden = null;
        Prepared weights = this.CurrentWeights();
        fixed (float* i0 = call.Input0, i1 = call.Input1, i2 = call.Input2, i3 = call.Input3)
        fixed (float* o0 = call.Output0, o1 = call.Output1, o2 = call.Output2, o3 = call.Output3)
        {
            frame.Parts = 1;
            frame.CarriedPointer = call.Carried is null ? null : call.Carried.Pointer;
            frame.CarriedSamples = count;
            frame.PreparedPointer = weights.Buffer.Pointer;
            frame.Inputs[0] = (nint)i0;
            frame.Inputs[1] = (nint)i1;
            frame.Inputs[2] = (nint)i2;
            frame.Inputs[3] = (nint)i3;
            frame.Outputs[0] = (nint)o0;
            frame.Outputs[1] = (nint)o1;
            frame.Outputs[2] = (nint)o2;
            frame.Outputs[3] = (nint)o3;
            if (this.times > 0 || this.hasMasks || this.program.PenaltySlot >= 0)
            {
                hidden = this.RentHidden(in call, ref frame);
            }
            // No more parts than the team has threads, as each part has scratch memory of its own.
            threads = threads > 1 ? Math.Min(threads, Team.Shared.Size) : 1;
            if (this.hasTokens)
            {
                this.RunTokens(in call, in frame, count, threads);
            }
            else
            {
                this.Run(in frame, count, threads);
            }
        }

        GC.KeepAlive(weights);
        if (hidden is not null)
        {
            hidden.Slice((nint)this.times * count, call.Penalties.Length).CopyTo(call.Penalties);
            if (!call.Masks.IsEmpty)
            {
                hidden.Slice(this.MasksAt(count), call.Masks.Length).CopyTo(call.Masks);
            }

            this.hiddens!.Return(hidden);
        }
    }

    private void Run(in Frame frame, int count, int threads)
    {
        if (count < threads && this.program.WorkPerSample >= LeastSharedWork)
        {
            this.ShareOnTeam(frame, count, threads);
        }
        else if (threads > 1 && count > 1)
        {
            this.RunOnTeam(frame, count, threads);
        }
        else
        {
            this.RunTiles(frame, 0, count);
        }
    }

    /// <summary>Runs a network that reads tokens; one that is outside the vocabulary is told by its place.</summary>
    private void RunTokens(scoped in PredictCall call, in Frame frame, int count, int threads)
    {
        try
        {
            this.Run(in frame, count, threads);
        }
        catch (ArgumentOutOfRangeException)
        {
            for (int i = 0; i < this.Definition.Inputs.Length; i++)
            {
                TokenData.Check(this.Definition, i, call.Input(i), count);
            }

            throw;
        }
    }

    /// <summary>The compiled inference.</summary>
    internal InferenceProgram Program => this.program;

    /// <summary>Runs inference on a batch, as the generated Predict does.</summary>
    internal void Infer(scoped in PredictCall call, int threads) => this.Predict(in call, threads);

    private nint CountSamples(scoped in PredictCall call)
    {
        Frame frame = default;
        int count = call.SetSizes(this.Definition, ref frame);
        call.CheckOutputs(this.Definition, this.program, in frame);
        return count;
    }

    /// <summary>Runs samples [first, end), a tile at a time.</summary>
    internal unsafe void RunTiles(Frame frame, int first, int end)
    {
        if (this.runsWhole)
        {
            ref float input = ref Unsafe.Add(ref frame.Input(0), (nint)first * this.inputSize);
            ref float output = ref Unsafe.Add(ref frame.Output(0), (nint)first * this.outputSize);
            this.program.RunWhole(ref frame.Prepared, ref input, ref output, end - first);
            return;
        }

        NativeBuffer arena = this.RentArena(ref frame, end - first);
        this.RunInArena(frame, first, end);
        GC.KeepAlive(arena);
        this.arenas.Return(arena);
    }

    /// <summary>Runs samples [first, end), a tile at a time, in the frame's scratch memory; the parts of the frame all run the same samples and wait for each other.</summary>
    internal unsafe void RunInArena(Frame frame, int first, int end)
    {
        int tile = this.program.Tile;
        InputInfo[] inputs = this.Definition.Inputs;
        OutputInfo[] outputs = this.Definition.Outputs;
        Frame.Table allInputs = frame.Inputs;
        Frame.Table allOutputs = frame.Outputs;
        for (int at = first; at < end; at += tile)
        {
            frame.SizeValues[0] = Math.Min(tile, end - at);
            for (int i = 0; i < inputs.Length; i++)
            {
                nint time = inputs[i].Time == 0 ? 1 : frame.SizeValues[inputs[i].Time];
                frame.Inputs[i] = allInputs[i] + (at * inputs[i].Size * time * sizeof(float));
            }

            for (int i = inputs.Length; i < inputs.Length + this.times; i++)
            {
                frame.Inputs[i] = allInputs[i] + (at * sizeof(float));
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                frame.Outputs[i] = allOutputs[i] + (at * (this.program.OutputLength(i, in frame) / frame.SizeValues[0]) * sizeof(float));
                if (outputs[i].IsMasked)
                {
                    int mask = this.Definition.MaskSlot(i);
                    frame.Outputs[mask] = allOutputs[mask] + (at * (this.program.OutputLength(mask, in frame) / frame.SizeValues[0]) * sizeof(float));
                }
            }

            if (this.program.PenaltySlot is >= 0 and int penalty)
            {
                frame.Outputs[penalty] = allOutputs[penalty] + (at * sizeof(float));
            }

            if (this.stateFloats > 0)
            {
                this.RunWithStates(frame, at);
            }
            else
            {
                this.program.Run(in frame);
                frame.Sync();
            }
        }
    }

    /// <summary>Runs a tile whose states lie behind its scratch memory: they come from the caller's, or begin at zeros, and go back there.</summary>
    private unsafe void RunWithStates(Frame frame, int first)
    {
        frame.StatePointer = frame.ArenaPointer + this.program.ArenaLength(in frame);
        if (frame.IsFirst)
        {
            this.MoveStates(in frame, first, isStart: true);
        }

        frame.Sync();
        this.program.Run(in frame);
        frame.Sync();
        if (frame.IsFirst && frame.CarriedPointer != null)
        {
            this.MoveStates(in frame, first, isStart: false);
        }

        frame.Sync();
    }

    private unsafe void MoveStates(in Frame frame, int first, bool isStart)
    {
        (int[] sizes, int[] offsets) = (this.stateSizes, this.stateOffsets);
        nint tile = frame.Size(0);
        for (int i = 0; i < sizes.Length; i++)
        {
            Span<float> own = new(frame.StatePointer + (offsets[i] * tile), checked((int)(sizes[i] * tile)));
            if (frame.CarriedPointer == null)
            {
                own.Clear();
                continue;
            }

            Span<float> carried = new(frame.CarriedPointer + ((nint)offsets[i] * frame.CarriedSamples) + ((nint)sizes[i] * first), own.Length);
            if (isStart)
            {
                carried.CopyTo(own);
            }
            else
            {
                own.CopyTo(carried);
            }
        }
    }

    /// <summary>Scratch memory for tiles of some samples, to which the frame points then.</summary>
    private unsafe NativeBuffer RentArena(ref Frame frame, int samples)
    {
        frame.SizeValues[0] = Math.Min(this.program.Tile, samples);
        nint length = this.program.ArenaLength(in frame) + (frame.SizeValues[0] * this.stateFloats);
        NativeBuffer? arena = this.arenas.TryRent();
        arena = arena is not null && arena.Length >= length ? arena : new NativeBuffer(length);
        frame.ArenaPointer = arena.Pointer;
        return arena;
    }

    /// <summary>Fewer samples than threads: all parts work on each sample together.</summary>
    private void ShareOnTeam(Frame frame, int count, int threads)
    {
        WorkspacePool<SharedPredictJob> pool = this.sharedJobs ??= new WorkspacePool<SharedPredictJob>();
        SharedPredictJob job = pool.TryRent() ?? new SharedPredictJob();
        frame.Parts = threads;
        NativeBuffer arena = this.RentArena(ref frame, count);
        job.Set(this, in frame, count);
        Team.Shared.TryAcquire(threads, out TeamLease lease);
        using (lease)
        {
            lease.Run(job);
        }

        GC.KeepAlive(arena);
        this.arenas.Return(arena);
        job.Set(null, default, 0);
        pool.Return(job);
    }

    /// <summary>Where the masks of the outputs begin in the hidden memory of a call: behind the lengths, and the penalties if there are some.</summary>
    private nint MasksAt(int count) => ((nint)this.times * count) + (this.program.PenaltySlot >= 0 ? count : 0);

    /// <summary>
    /// What programs read and write beside the caller's spans: the lengths of all samples along each time, behind them what each sample adds to the loss, and then which steps of the outputs count.
    /// </summary>
    private unsafe NativeBuffer RentHidden(scoped in PredictCall call, ref Frame frame)
    {
        (int count, int inputs, int outputs) = ((int)frame.SizeValues[0], this.Definition.Inputs.Length, this.Definition.Outputs.Length);
        nint length = this.MasksAt(count);
        for (int i = 0; i < outputs; i++)
        {
            length += this.Definition.Outputs[i].IsMasked ? this.program.OutputLength(this.Definition.MaskSlot(i), in frame) : 0;
        }

        NativeBuffer? rented = (this.hiddens ??= new WorkspacePool<NativeBuffer>()).TryRent();
        NativeBuffer buffer = rented is not null && rented.Length >= length ? rented : new NativeBuffer(length);
        if (this.times > 0)
        {
            call.WriteLengths(this.Definition, in frame, buffer.Slice(0, this.times * count));
        }

        for (int i = 0; i < this.times; i++)
        {
            frame.Inputs[inputs + i] = (nint)(buffer.Pointer + ((nint)i * count));
        }

        if (this.program.PenaltySlot is >= 0 and int penalty)
        {
            frame.Outputs[penalty] = (nint)(buffer.Pointer + ((nint)this.times * count));
        }

        nint at = this.MasksAt(count);
        for (int i = 0; i < outputs; i++)
        {
            if (this.Definition.Outputs[i].IsMasked)
            {
                frame.Outputs[this.Definition.MaskSlot(i)] = (nint)(buffer.Pointer + at);
                at += this.program.OutputLength(this.Definition.MaskSlot(i), in frame);
            }
        }

        return buffer;
    }

    private void RunOnTeam(in Frame frame, int count, int threads)
    {
        WorkspacePool<PredictJob> pool = this.jobs ??= new WorkspacePool<PredictJob>();
        PredictJob job = pool.TryRent() ?? new PredictJob();
        job.Set(this, in frame, count);
        Team.Shared.TryAcquire(Math.Min(threads, count), out TeamLease lease);
        using (lease)
        {
            lease.Run(job);
        }

        job.Set(null, default, 0);
        pool.Return(job);
    }
}
