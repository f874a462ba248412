using System.Runtime.CompilerServices;

namespace NetGen;

/// <content>The master weights, and the snapshot of them that inference reads.</content>
public abstract partial class Network
{
    private NativeBuffer? master;
    private MasterParameters? masterParameters;
    private Prepared? prepared;

    /// <summary>
    /// Whether the network came from <see cref="Network{TSelf}.Load"/>: of the weights it holds only what inference reads. They cannot be read, set, saved or trained; all of
    /// them at once can be replaced, by <see cref="LoadWeights(string)"/>.
    /// </summary>
    public bool IsInferenceOnly { get; private set; }

    /// <summary>The master weights, flat, which training changes.</summary>
    /// <exception cref="InvalidOperationException">The network is for inference only.</exception>
    internal NativeBuffer Weights => Volatile.Read(ref this.master) ?? this.MakeMaster();

    /// <summary>Says what to do instead where a network for inference only is asked for its weights.</summary>
    /// <exception cref="InvalidOperationException">The network is for inference only.</exception>
    internal void CheckHasWeights()
    {
        if (this.IsInferenceOnly)
        {
            string name = this.Definition.Name;
            throw new InvalidOperationException(
                $"This {name} is for inference only: {name}.Load keeps of the weights what Predict reads, and no more. To read, set, save or train weights, write " +
                $"'var model = new {name}(); model.LoadWeights(path);' instead.");
        }
    }

    private NativeBuffer MakeMaster()
    {
        lock (this.WeightsLock)
        {
            this.CheckHasWeights();
            if (this.master is null)
            {
                Volatile.Write(ref this.master, new NativeBuffer(this.Definition.WeightsLength));
            }

            return this.master;
        }
    }

    /// <summary>
    /// The newest snapshot of the weights; made anew where they have changed since. The old one is left to the garbage collector: to use it again, each call would have to
    /// count itself in and out of it, at a cost above that of a small network.
    /// </summary>
    private Prepared CurrentWeights()
    {
        Prepared? current = Volatile.Read(ref this.prepared);
        return current is not null && current.Version == this.weightsVersion ? current : this.Prepare();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Prepared Prepare()
    {
        lock (this.WeightsLock)
        {
            if (this.prepared is { } current && current.Version == this.weightsVersion)
            {
                return current;
            }

            NativeBuffer buffer = new(this.program.PreparedLength), weights = this.Weights;
            ParameterInfo[] parameters = this.Definition.Parameters;
            ReadOnlySpan<int> places = this.program.Places;
            for (int i = 0; i < parameters.Length; i++)
            {
                if (places[i] >= 0)
                {
                    int length = parameters[i].Length;
                    weights.Slice(parameters[i].Offset, length).CopyTo(buffer.Slice(places[i], length));
                }
            }

            this.RunPrepare(buffer, this.masterParameters ??= new MasterParameters(parameters, weights));
            GC.KeepAlive(weights);
            return this.Publish(buffer);
        }
    }

    /// <summary>Makes what is kept for a version of the weights, in a buffer in which the parameters that are kept lie already.</summary>
    private unsafe void RunPrepare(NativeBuffer buffer, ParameterSource source)
    {
        nint length = this.program.ScratchLength;
        NativeBuffer? scratch = length == 0 ? null : new NativeBuffer(length);
        Frame frame = default;
        frame.Parts = 1;
        frame.Parameters = source;
        frame.PreparedPointer = buffer.Pointer;
        frame.ArenaPointer = scratch is null ? null : scratch.Pointer;
        this.program.Prepare(in frame);
        scratch?.Free();
    }

    /// <summary>Makes a buffer that was prepared from the newest weights the snapshot that inference reads; the caller holds the lock.</summary>
    private Prepared Publish(NativeBuffer buffer)
    {
        Prepared fresh = new(buffer, this.weightsVersion);
        Volatile.Write(ref this.prepared, fresh);
        return fresh;
    }
}
