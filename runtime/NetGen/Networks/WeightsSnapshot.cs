namespace NetGen;

/// <summary>What a program reads of the weights, made anew for each version of them.</summary>
/// <param name="program">The program.</param>
internal sealed class WeightsSnapshot(InferenceProgram program)
{
    private Prepared? current;

    public InferenceProgram Program { get; } = program;

    /// <summary>The snapshot of a version, or null where it has not been made.</summary>
    public Prepared? Find(long version)
    {
        Prepared? found = Volatile.Read(ref this.current);
        return found is not null && found.Version == version ? found : null;
    }

    /// <summary>Reads the parameters that are kept, and makes what is made of the others.</summary>
    public unsafe NativeBuffer Make(ParameterInfo[] parameters, ParameterSource source)
    {
        NativeBuffer buffer = new(this.Program.PreparedLength);
        ReadOnlySpan<int> places = this.Program.Places;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (places[i] >= 0)
            {
                source.Read(i, buffer.Slice(places[i], parameters[i].Length));
            }
        }

        nint length = this.Program.ScratchLength;
        NativeBuffer? scratch = length == 0 ? null : new NativeBuffer(length);
        Frame frame = default;
        frame.Parts = 1;
        frame.Parameters = source;
        frame.PreparedPointer = buffer.Pointer;
        frame.ArenaPointer = scratch is null ? null : scratch.Pointer;
        this.Program.Prepare(in frame);
        scratch?.Free();
        GC.KeepAlive(buffer);
        return buffer;
    }

    /// <summary>Makes a buffer the snapshot that others find; the caller holds the network's lock.</summary>
    public Prepared Publish(NativeBuffer buffer, long version)
    {
        Prepared fresh = new(buffer, version);
        Volatile.Write(ref this.current, fresh);
        return fresh;
    }
}
