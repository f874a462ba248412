using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>The base of every generated network.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public abstract class Network<TSelf> : Network
    where TSelf : Network<TSelf>, INetwork<TSelf>
{
    private readonly InferenceProgram program;
    private readonly WorkspacePool<NativeBuffer> arenas = new();
    private Prepared? prepared;

    /// <summary>A network whose weights are zero.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Network()
        : base(TSelf.Definition)
    {
        this.program = TSelf.CreateInferenceProgram()
            ?? throw new InvalidOperationException($"{TSelf.Definition.Name} was not compiled: the generator reported errors, or its output was left out of the build.");
    }

    /// <summary>Runs inference on a batch; any number of threads may call it at once, also while a trainer changes the weights.</summary>
    /// <param name="call">The spans.</param>
    /// <param name="threads">How many threads may share the batch.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected unsafe void Predict(scoped in PredictCall call, int threads = 1)
    {
        int count = call.CountSamples(this.Definition);
        if (count == 0)
        {
            return;
        }

        Prepared weights = this.CurrentWeights();
        fixed (float* i0 = call.Input0, i1 = call.Input1, i2 = call.Input2, i3 = call.Input3)
        fixed (float* o0 = call.Output0, o1 = call.Output1, o2 = call.Output2, o3 = call.Output3)
        {
            Frame frame = default;
            frame.Parts = 1;
            frame.PreparedPointer = weights.Buffer.Pointer;
            (frame.Inputs[0], frame.Inputs[1], frame.Inputs[2], frame.Inputs[3]) = ((nint)i0, (nint)i1, (nint)i2, (nint)i3);
            (frame.Outputs[0], frame.Outputs[1], frame.Outputs[2], frame.Outputs[3]) = ((nint)o0, (nint)o1, (nint)o2, (nint)o3);
            frame.SizeValues[0] = count;
            if (threads > 1 && count > 1)
            {
                this.RunOnTeam(frame, count, threads);
            }
            else
            {
                this.RunTiles(frame, 0, count, this.program.Tile);
            }
        }

        GC.KeepAlive(weights);
    }

    /// <summary>Runs samples [first, end), at most <paramref name="tile"/> at a time.</summary>
    internal unsafe void RunTiles(Frame frame, int first, int end, int tile)
    {
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
                frame.Inputs[i] = allInputs[i] + ((nint)at * inputs[i].Size * sizeof(float));
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                frame.Outputs[i] = allOutputs[i] + ((nint)at * outputs[i].Size * sizeof(float));
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

    private void RunOnTeam(Frame frame, int count, int threads)
    {
        _ = threads;
        this.RunTiles(frame, 0, count, this.program.Tile);
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
