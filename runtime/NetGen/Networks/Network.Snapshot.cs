using System.Runtime.CompilerServices;

namespace NetGen;

/// <content>The master weights, and the snapshot of them that inference reads.</content>
public abstract partial class Network
{
    private NativeBuffer? master;
    private MasterParameters? masterParameters;
    private readonly WeightsSnapshot snapshot;

    /// <summary>
    /// Whether the network came from <see cref="Network{TSelf}.Load"/>: of the weights it holds only what inference reads. They cannot be read, set, saved or trained; all of
    /// them at once can be replaced, by <see cref="LoadWeights(string, bool)"/>.
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

    /// <summary>Has the weights of another network of the same parameters; before anything else is done with it.</summary>
    private protected void ShareWeights(NativeBuffer weights) => this.master = weights;

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
    private protected Prepared CurrentWeights() => this.snapshot.Find(this.weightsVersion) ?? this.Prepare(this.snapshot);

    /// <summary>The newest snapshot of the weights for a program.</summary>
    internal Prepared CurrentWeights(WeightsSnapshot snapshot) => snapshot.Find(this.weightsVersion) ?? this.Prepare(snapshot);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Prepared Prepare(WeightsSnapshot snapshot)
    {
        lock (this.WeightsLock)
        {
            if (snapshot.Find(this.weightsVersion) is { } current)
            {
                return current;
            }

            NativeBuffer weights = this.Weights;
            ParameterInfo[] parameters = this.Definition.Parameters;
            NativeBuffer buffer = snapshot.Make(parameters, this.masterParameters ??= new MasterParameters(parameters, weights));
            GC.KeepAlive(weights);
            return snapshot.Publish(buffer, this.weightsVersion);
        }
    }
}
