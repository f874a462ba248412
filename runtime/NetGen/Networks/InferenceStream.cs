using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// A network that takes its sequences step by step, for real-time use: after each call the outputs are what <c>Predict</c> would give for all steps so far; of an output
/// with a time, its newest steps. What lies between the calls is in here and not in the network, so any number of streams run beside each other.
/// </summary>
/// <remarks>
/// <para><see cref="Step(ReadOnlySpan{float}, Span{float})"/> allocates nothing, takes no lock and always does the same work: it may be called from an audio callback. Attention looks back at
/// all steps so far, so there the work grows with them, up to <see cref="MaxLength"/>.</para>
/// <para>A stream reads the weights as they were when it was made, whatever a trainer does to them meanwhile.</para>
/// <para>A stream is used by one thread at a time; a call that finds another one under way throws and changes nothing.</para>
/// </remarks>
public sealed unsafe class InferenceStream : IDisposable
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Disposed = 2;

    private readonly Network network;
    private readonly StreamPrograms programs;
    private readonly StreamProgram step;
    private readonly Prepared weights;
    private readonly int[] streamed;
    private readonly nint[] outputSizes;
    private readonly int room;
    private readonly NativeBuffer states;
    private readonly NativeBuffer history;
    private RowMoves? moves;
    private NativeBuffer? spareRow;
    private NativeBuffer arena = new(0);
    private int past;

    /// <summary>What the setup gave: first what is the same in every step, then what states start as.</summary>
    private NativeBuffer[] given = [];

    private Frame frame;
    private int use;

    internal InferenceStream(Network network, StreamPrograms programs, int samples, int room)
    {
        this.network = network;
        this.programs = programs;
        this.step = programs.Step;
        this.Samples = samples;
        this.weights = network.CurrentWeights(programs.StepWeights);
        this.room = room;
        this.states = new NativeBuffer((nint)samples * this.step.StateFloats);
        this.history = new NativeBuffer(this.step.HistoryFloats == 0 ? 0 : checked((nint)samples * room * this.step.HistoryFloats));
        this.streamed = [.. this.step.StreamedInputs];
        this.outputSizes = new nint[network.Definition.Outputs.Length];
        this.frame.Parts = 1;
    }

    /// <summary>How many sequences go side by side.</summary>
    public int Samples { get; }

    /// <summary>How many steps a call takes: 1, or what the strides of the network ask for; an output with a time then has fewer.</summary>
    public int Steps => this.step.Steps;

    /// <summary>How many steps a sequence may have until <see cref="Reset"/>; <see cref="int.MaxValue"/> where there is no bound.</summary>
    public int MaxLength => (int)Math.Min(int.MaxValue, (long)this.room * this.Steps);

    /// <summary>Takes the next steps of a network with one streamed input and one output.</summary>
    /// <param name="input"><see cref="Samples"/> times <see cref="Steps"/> elements of the input, sample by sample.</param>
    /// <param name="output">Room for the output of each sample; of one with a time, for its newest steps.</param>
    /// <exception cref="ArgumentException">A span's length does not fit. Nothing has changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is outside the vocabulary. Nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The sequence has <see cref="MaxLength"/> steps already, or another thread is in a call of this stream. Nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The stream has been disposed of.</exception>
    public void Step(ReadOnlySpan<float> input, Span<float> output) => this.Step(new PredictCall { Input0 = input, Output0 = output });

    /// <summary>Takes the next steps of a network with several streamed inputs or outputs.</summary>
    /// <param name="call">The steps of the streamed inputs in their order on the tape, as its first inputs, and room for all outputs.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, Span{float})" path="/exception"/>
    public void Step(scoped in PredictCall call)
    {
        NetworkDefinition definition = this.network.Definition;
        this.Enter();
        try
        {
            for (int i = 0; i < PredictCall.Most; i++)
            {
                int input = i < this.streamed.Length ? this.streamed[i] : -1;
                PredictCall.Check(definition, input < 0 ? "input" : definition.Inputs[input].Name, "input", call.InputLength(i), input < 0 ? 0 : this.step.InputLength(i), this.Samples);
                PredictCall.Check(definition, i < this.outputSizes.Length ? definition.Outputs[i].Name : "output", "output", call.OutputLength(i), i < this.outputSizes.Length ? this.outputSizes[i] : 0, this.Samples);
            }

            if (this.step.PastSize >= 0)
            {
                if (this.past == this.room)
                {
                    throw new InvalidOperationException($"{definition.Name}: the sequence has {this.MaxLength} steps, which is the most of this stream. Reset() begins a new one.");
                }

                this.frame.SizeValues[this.step.PastSize] = this.past;
            }

            fixed (float* i0 = call.Input0, i1 = call.Input1, i2 = call.Input2, i3 = call.Input3)
            fixed (float* o0 = call.Output0, o1 = call.Output1, o2 = call.Output2, o3 = call.Output3)
            {
                // Behind the streamed inputs come those that stay.
                this.frame.Inputs[0] = (nint)i0;
                Set(1, i1);
                Set(2, i2);
                Set(3, i3);
                this.frame.Outputs[0] = (nint)o0;
                this.frame.Outputs[1] = (nint)o1;
                this.frame.Outputs[2] = (nint)o2;
                this.frame.Outputs[3] = (nint)o3;
                this.step.Run(in this.frame);
                this.frame.Step++;
            }

            // A stream that does not count stays at its beginning.
            this.past += this.step.PastSize >= 0 ? 1 : 0;
        }
        catch (ArgumentOutOfRangeException)
        {
            for (int i = 0; i < this.streamed.Length; i++)
            {
                TokenData.Check(definition, this.streamed[i], call.Input(i), this.Samples);
            }

            throw;
        }
        finally
        {
            this.Leave();
        }

        void Set(int index, float* input)
        {
            if (index < this.streamed.Length)
            {
                this.frame.Inputs[index] = (nint)input;
            }
        }
    }

    /// <summary>Goes back to before the first step.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in a call of this stream.</exception>
    /// <exception cref="ObjectDisposedException">The stream has been disposed of.</exception>
    public void Reset()
    {
        this.Enter();
        this.ResetStates();
        this.Leave();
    }

    /// <summary>A stream of its own that stands where this one does.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in a call of this stream.</exception>
    /// <exception cref="ObjectDisposedException">The stream has been disposed of.</exception>
    public InferenceStream Copy()
    {
        this.Enter();
        try
        {
            InferenceStream copy = new(this.network, this.programs, this.Samples, this.room);
            copy.frame.SizeValues = this.frame.SizeValues;
            copy.given = Array.ConvertAll(this.given, CopyOf);
            copy.MakeRoom();
            copy.CopyStates(this);
            return copy;
        }
        finally
        {
            // Memory may have run out.
            this.Leave();
        }

        static NativeBuffer CopyOf(NativeBuffer buffer)
        {
            NativeBuffer own = new(buffer.Length);
            buffer.CopyTo(own);
            return own;
        }
    }

    /// <summary>Goes to where another stream of the same network stands, without allocating.</summary>
    /// <param name="other">A stream of as many samples, and with sources as long, if it has any; it has taken at most <see cref="MaxLength"/> steps of this one.</param>
    /// <exception cref="ArgumentException">The other stream is of another network, or of other sizes, or has taken more steps than this one may.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in a call of one of the streams.</exception>
    /// <exception cref="ObjectDisposedException">One of the streams has been disposed of.</exception>
    public void CopyFrom(InferenceStream other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other))
        {
            return;
        }

        if (!ReferenceEquals(this.network, other.network) || this.Samples != other.Samples || !HaveEqualLengths(this.given, other.given))
        {
            throw new ArgumentException($"A stream of the same {this.network.Definition.Name}, of {this.Samples} samples and with sources as long, was expected.", nameof(other));
        }

        this.Enter();
        try
        {
            other.Enter();
        }
        catch
        {
            this.Leave();
            throw;
        }

        if (other.past > this.room)
        {
            long steps = (long)other.past * this.Steps;
            other.Leave();
            this.Leave();
            throw new ArgumentException($"The other stream has taken {steps} steps; this one has room for {this.MaxLength}.", nameof(other));
        }

        this.CopyStates(other);
        for (int i = 0; i < this.given.Length; i++)
        {
            other.given[i].CopyTo(this.given[i]);
        }

        other.Leave();
        this.Leave();
    }

    /// <summary>Lets each sample go on from where some sample stands, as a search does that follows several hypotheses.</summary>
    /// <param name="rows">For each sample the one from which it goes on.</param>
    /// <exception cref="ArgumentException">There is not one row a sample, or a row is none of the samples.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in a call of this stream.</exception>
    /// <exception cref="ObjectDisposedException">The stream has been disposed of.</exception>
    public void Reorder(ReadOnlySpan<int> rows)
    {
        if (rows.Length != this.Samples)
        {
            throw new ArgumentException($"There are {rows.Length} rows and {this.Samples} samples.", nameof(rows));
        }

        foreach (int row in rows)
        {
            if ((uint)row >= (uint)this.Samples)
            {
                throw new ArgumentException($"The row {row} is none of the {this.Samples} samples.", nameof(rows));
            }
        }

        this.Enter();
        this.ReorderStates(rows);
        foreach (NativeBuffer buffer in this.given)
        {
            this.MoveRows(buffer.Pointer, (int)(buffer.Length / this.Samples));
        }

        this.Leave();
    }

    /// <summary>The stream cannot be used any more; its memory is given back, behind the call that may be under way.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref this.use, Disposed) == Idle)
        {
            this.Free();
        }
    }

    /// <summary>Runs the setup on the network's other inputs and goes to before the first step.</summary>
    /// <param name="call">The inputs.</param>
    /// <param name="rows">How many of the stream's samples share each sample of them.</param>
    internal void Start(scoped in PredictCall call, int rows)
    {
        NetworkDefinition definition = this.network.Definition;
        Frame own = default;
        own.Parts = 1;
        PredictCall sized = call;
        sized.Samples = this.Samples / rows;
        sized.SetSizes(definition, ref own, this.streamed);
        if (this.programs.SetupWeights is { } setup)
        {
            this.RunSetup(in sized, own, setup, rows);
        }

        ReadOnlySpan<int> sizes = this.step.Sizes;
        for (int i = 0; i < sizes.Length; i++)
        {
            this.frame.SizeValues[i] = sizes[i] < 0 ? 0 : own.SizeValues[sizes[i]];
        }

        this.frame.SizeValues[0] = this.Samples;
        if (this.step.RoomSize >= 0)
        {
            this.frame.SizeValues[this.step.RoomSize] = this.room;
        }

        this.MakeRoom();
        this.ResetStates();
    }

    /// <summary>Reorders the states alone, where all rows that take part share what was given.</summary>
    internal void ReorderStates(ReadOnlySpan<int> rows)
    {
        this.moves ??= new RowMoves(this.Samples);
        this.moves.Plan(rows);
        int[] sizes = this.programs.StateSizes, offsets = this.programs.StateOffsets;
        for (int i = 0; i < sizes.Length; i++)
        {
            this.MoveRows(this.states.Pointer + ((nint)offsets[i] * this.Samples), sizes[i]);
        }

        int[] added = this.programs.HistorySizes;
        for (int i = 0; i < added.Length; i++)
        {
            for (nint call = 0; call < this.past; call++)
            {
                this.MoveRows(this.HistoryOf(i) + (call * this.Samples * added[i]), added[i]);
            }
        }

        GC.KeepAlive(this);
    }

    /// <summary>Moves rows that lie one behind the other as is planned.</summary>
    private void MoveRows(float* rows, int size)
    {
        if (this.spareRow is null || this.spareRow.Length < size)
        {
            this.spareRow = new NativeBuffer(size);
        }

        foreach ((int from, int to) in this.moves!.Moves)
        {
            new ReadOnlySpan<float>(Row(from), size).CopyTo(new Span<float>(Row(to), size));
        }

        float* Row(int row) => row == RowMoves.Spare ? this.spareRow.Pointer : rows + ((nint)row * size);
    }

    /// <summary>The first of a state to which calls add.</summary>
    private float* HistoryOf(int index) => this.history.Pointer + ((nint)this.programs.HistoryOffsets[index] * this.Samples * this.room);

    /// <summary>Stands where another stream does, as far as states tell. Of what calls added, only what there is of it is copied.</summary>
    private void CopyStates(InferenceStream other)
    {
        other.states.CopyTo(this.states);
        int[] added = this.programs.HistorySizes;
        for (int i = 0; i < added.Length; i++)
        {
            nuint bytes = (nuint)this.Samples * (nuint)other.past * (nuint)added[i] * sizeof(float);
            NativeMemory.Copy(other.HistoryOf(i), this.HistoryOf(i), bytes);
        }

        this.past = other.past;
        GC.KeepAlive(other);
        GC.KeepAlive(this);
    }

    private void RunSetup(scoped in PredictCall call, Frame own, WeightsSnapshot setup, int rows)
    {
        NetworkDefinition definition = this.network.Definition;
        int count = this.step.Given;
        foreach (int start in this.step.Starts)
        {
            count = Math.Max(count, start + 1);
        }

        NativeBuffer[] results = new NativeBuffer[count];
        for (int i = 0; i < count; i++)
        {
            nint length = setup.Program.OutputLength(i, in own);
            results[i] = new NativeBuffer(length);
            own.Outputs[i] = (nint)results[i].Pointer;
        }

        int times = definition.Times, samples = call.Samples;
        NativeBuffer lengths = new((nint)times * samples);
        call.WriteLengths(definition, in own, lengths.Slice(0, times * samples));
        NativeBuffer scratch = new(setup.Program.ArenaLength(in own));
        own.ArenaPointer = scratch.Pointer;
        Prepared prepared = this.network.CurrentWeights(setup);
        own.PreparedPointer = prepared.Buffer.Pointer;
        fixed (float* i0 = call.Input0, i1 = call.Input1, i2 = call.Input2, i3 = call.Input3)
        {
            own.Inputs[0] = (nint)i0;
            own.Inputs[1] = (nint)i1;
            own.Inputs[2] = (nint)i2;
            own.Inputs[3] = (nint)i3;

            // Behind the inputs come the lengths.
            for (int i = 0; i < times; i++)
            {
                own.Inputs[definition.Inputs.Length + i] = (nint)(lengths.Pointer + ((nint)i * samples));
            }

            try
            {
                setup.Program.Run(in own);
            }
            catch (ArgumentOutOfRangeException)
            {
                for (int i = 0; i < definition.Inputs.Length; i++)
                {
                    TokenData.Check(definition, i, call.Input(i), samples);
                }

                throw;
            }
        }

        GC.KeepAlive(prepared);
        GC.KeepAlive(lengths);
        scratch.Free();
        this.given = rows == 1 ? results : Array.ConvertAll(results, r => Repeat(r, samples, rows));
    }

    /// <summary>Each sample's row several times.</summary>
    private static NativeBuffer Repeat(NativeBuffer buffer, int samples, int times)
    {
        NativeBuffer repeated = new(buffer.Length * times);
        int size = (int)(buffer.Length / samples);
        for (int i = 0; i < samples * times; i++)
        {
            buffer.Slice((nint)(i / times) * size, size).CopyTo(repeated.Slice((nint)i * size, size));
        }

        return repeated;
    }

    /// <summary>Scratch memory for the frame's sizes, with as many calls as there will be; and the frame points to what the stream holds.</summary>
    private void MakeRoom()
    {
        if (this.step.PastSize >= 0)
        {
            this.frame.SizeValues[this.step.PastSize] = this.room - 1;
        }

        nint length = this.step.ArenaLength(in this.frame);
        this.arena = this.arena.Length >= length ? this.arena : new NativeBuffer(length);
        for (int i = 0; i < this.outputSizes.Length; i++)
        {
            this.outputSizes[i] = this.step.OutputLength(i, in this.frame) / this.Samples;
        }

        this.Point();
    }

    private void Point()
    {
        this.frame.PreparedPointer = this.weights.Buffer.Pointer;
        this.frame.ArenaPointer = this.arena.Pointer;
        this.frame.StatePointer = this.states.Pointer;
        this.frame.HistoryPointer = this.history.Pointer;
        int first = this.streamed.Length;
        for (int i = 0; i < this.step.Given; i++)
        {
            this.frame.Inputs[first + i] = (nint)this.given[i].Pointer;
        }
    }

    private void ResetStates()
    {
        this.past = 0;
        this.states.Clear();
        int[] starts = this.programs.Starts, offsets = this.programs.StateOffsets, stateSizes = this.programs.StateSizes;
        for (int i = 0; i < starts.Length; i++)
        {
            if (starts[i] >= 0)
            {
                int count = stateSizes[i] * this.Samples;
                this.given[starts[i]].Slice(0, count).CopyTo(this.states.Slice((nint)offsets[i] * this.Samples, count));
            }
        }
    }

    private static bool HaveEqualLengths(NativeBuffer[] some, NativeBuffer[] others)
    {
        bool areEqual = some.Length == others.Length;
        for (int i = 0; areEqual && i < some.Length; i++)
        {
            areEqual = some[i].Length == others[i].Length;
        }

        return areEqual;
    }

    private void Enter()
    {
        int found = Interlocked.CompareExchange(ref this.use, Busy, Idle);
        if (found != Idle)
        {
            Throw(found);
        }
    }

    /// <summary>Lets the next call in, unless the stream has been disposed of meanwhile.</summary>
    private void Leave()
    {
        if (Interlocked.CompareExchange(ref this.use, Idle, Busy) == Disposed)
        {
            this.Free();
        }
    }

    private void Free()
    {
        this.states.Free();
        this.history.Free();
        this.arena.Free();
        this.spareRow?.Free();
        foreach (NativeBuffer buffer in this.given)
        {
            buffer.Free();
        }
    }

    private static void Throw(int found)
    {
        ObjectDisposedException.ThrowIf(found == Disposed, typeof(InferenceStream));
        throw new InvalidOperationException("Another thread is in a call of this stream; a stream is used by one thread at a time. Copy() gives each its own.");
    }
}
