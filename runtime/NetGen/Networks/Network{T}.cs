using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>The base of every generated network.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public abstract class Network<TSelf> : Network
    where TSelf : Network<TSelf>, INetwork<TSelf>
{
    private readonly InferenceProgram program;
    private readonly WorkspacePool<NativeBuffer> arenas = new();
    private readonly WorkspacePool<PredictJob<TSelf>> jobs = new();
    private readonly bool runsWhole;
    private readonly int inputSize;
    private readonly int outputSize;
    private Prepared? prepared;

    /// <summary>A network whose weights are zero.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Network()
        : base(TSelf.Definition)
    {
        this.program = TSelf.CreateInferenceProgram()
            ?? throw new InvalidOperationException($"{TSelf.Definition.Name} was not compiled: the generator reported errors, or its output was left out of the build.");
        this.runsWhole = this.program.RunsWhole;
        this.inputSize = this.Definition.Inputs[0].Size;
        this.outputSize = this.Definition.Outputs[0].Size;
    }

    /// <summary>Runs inference of a network with one input and one output.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void PredictSamples(ReadOnlySpan<float> input, Span<float> output, int threads)
    {
        if (!this.runsWhole || threads > 1)
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

    /// <summary>A network with the weights of a file, for inference or for further training.</summary>
    /// <param name="path">A file that <see cref="Network.Save"/> has written, or a checkpoint.</param>
    /// <returns>The network; no start values are drawn for it.</returns>
    /// <exception cref="ModelFileException">The file is damaged, or holds other tensors; the message lists all that are missing, unexpected or of another shape.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TSelf Load(string path)
    {
        TSelf network = TSelf.CreateEmpty();
        network.LoadWeights(path);
        return network;
    }

    /// <inheritdoc/>
    internal sealed override void Infer(scoped in PredictCall call, int threads) => this.Predict(in call, threads);

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

        Prepared weights = this.CurrentWeights();
        fixed (float* i0 = call.Input0, i1 = call.Input1, i2 = call.Input2, i3 = call.Input3)
        fixed (float* o0 = call.Output0, o1 = call.Output1, o2 = call.Output2, o3 = call.Output3)
        {
            frame.Parts = 1;
            frame.PreparedPointer = weights.Buffer.Pointer;
            (frame.Inputs[0], frame.Inputs[1], frame.Inputs[2], frame.Inputs[3]) = ((nint)i0, (nint)i1, (nint)i2, (nint)i3);
            (frame.Outputs[0], frame.Outputs[1], frame.Outputs[2], frame.Outputs[3]) = ((nint)o0, (nint)o1, (nint)o2, (nint)o3);
            if (threads > 1 && count > 1)
            {
                this.RunOnTeam(frame, count, threads);
            }
            else
            {
                this.RunTiles(frame, 0, count);
            }
        }

        GC.KeepAlive(weights);
    }

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

        int tile = this.program.Tile;
        frame.SizeValues[0] = Math.Min(tile, end - first);
        NativeBuffer arena = this.RentArena(this.program.ArenaLength(in frame));
        frame.ArenaPointer = arena.Pointer;
        InputInfo[] inputs = this.Definition.Inputs;
        OutputInfo[] outputs = this.Definition.Outputs;
        Frame.Pointers allInputs = frame.Inputs;
        Frame.Pointers allOutputs = frame.Outputs;
        for (int at = first; at < end; at += tile)
        {
            frame.SizeValues[0] = Math.Min(tile, end - at);
            for (int i = 0; i < inputs.Length; i++)
            {
                nint time = inputs[i].Time == 0 ? 1 : frame.SizeValues[inputs[i].Time];
                frame.Inputs[i] = allInputs[i] + (at * inputs[i].Size * time * sizeof(float));
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                frame.Outputs[i] = allOutputs[i] + (at * (this.program.OutputLength(i, in frame) / frame.SizeValues[0]) * sizeof(float));
            }

            this.program.Run(in frame);
        }

        GC.KeepAlive(arena);
        this.arenas.Return(arena);
    }

    private NativeBuffer RentArena(nint length)
    {
        NativeBuffer? arena = this.arenas.TryRent();
        return arena is not null && arena.Length >= length ? arena : new NativeBuffer(length);
    }

    private void RunOnTeam(in Frame frame, int count, int threads)
    {
        PredictJob<TSelf> job = this.jobs.TryRent() ?? new PredictJob<TSelf>();
        job.Set(this, in frame, count);
        Team.Shared.TryAcquire(Math.Min(threads, count), out TeamLease lease);
        using (lease)
        {
            lease.Run(job);
        }

        job.Set(null, default, 0);
        this.jobs.Return(job);
    }

    /// <summary>The newest snapshot of the weights; made anew where they have changed since.</summary>
    private Prepared CurrentWeights()
    {
        Prepared? current = Volatile.Read(ref this.prepared);
        return current is not null && current.Version == this.WeightsVersion ? current : this.Prepare();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe Prepared Prepare()
    {
        lock (this.WeightsLock)
        {
            if (this.prepared is { } current && current.Version == this.WeightsVersion)
            {
                return current;
            }

            NativeBuffer buffer = new(this.program.PreparedLength);
            this.Weights.Slice(0, this.Definition.WeightsLength).CopyTo(buffer.Slice(0, this.Definition.WeightsLength));
            Frame frame = default;
            frame.Parts = 1;
            frame.WeightsPointer = this.Weights.Pointer;
            frame.PreparedPointer = buffer.Pointer;
            this.program.Prepare(in frame);
            GC.KeepAlive(this.Weights);
            Prepared fresh = new(buffer, this.WeightsVersion);
            Volatile.Write(ref this.prepared, fresh);
            return fresh;
        }
    }
}
