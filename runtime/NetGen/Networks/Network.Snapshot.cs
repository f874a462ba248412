using System.Runtime.CompilerServices;

namespace NetGen;

/// <content>The master weights, and the snapshot of them that inference reads.</content>
public abstract partial class Network
{
    private NativeBuffer? master;
    private Prepared? prepared;

    /// <summary>
    /// The master weights, flat, which training changes. Those of a network that was only loaded lie in its snapshot alone, until somebody asks for them here.
    /// </summary>
    internal NativeBuffer Weights => Volatile.Read(ref this.master) ?? this.MakeMaster();

    /// <summary>Whether there are master weights beside the snapshot.</summary>
    internal bool HasMaster => Volatile.Read(ref this.master) is not null;

    /// <summary>Where the weights are to be read, in the first elements; the caller holds the lock, and the buffer alive.</summary>
    private NativeBuffer Newest => this.master ?? this.prepared?.Buffer ?? this.MakeMaster();

    private NativeBuffer MakeMaster()
    {
        lock (this.WeightsLock)
        {
            if (this.master is null)
            {
                NativeBuffer fresh = new(this.Definition.WeightsLength);
                if (this.prepared is { } current)
                {
                    // Without masters nothing has changed the weights since the snapshot.
                    current.Buffer.CopyTo(fresh, this.Definition.WeightsLength);
                }

                Volatile.Write(ref this.master, fresh);
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

            NativeBuffer buffer = new(this.program.PreparedLength);
            this.Weights.CopyTo(buffer, this.Definition.WeightsLength);
            return this.Publish(buffer);
        }
    }

    /// <summary>Makes a buffer, whose first elements are the newest weights, the snapshot that inference reads; the caller holds the lock.</summary>
    private unsafe Prepared Publish(NativeBuffer buffer)
    {
        Frame frame = default;
        frame.Parts = 1;
        frame.WeightsPointer = buffer.Pointer;
        frame.PreparedPointer = buffer.Pointer;
        this.program.Prepare(in frame);
        Prepared fresh = new(buffer, this.weightsVersion);
        Volatile.Write(ref this.prepared, fresh);
        return fresh;
    }
}
