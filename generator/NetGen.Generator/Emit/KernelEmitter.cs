using System.Globalization;

namespace NetGen.Generator;

/// <summary>Prints schedules as C#: programs as lists of calls, and each kernel once. It decides nothing.</summary>
internal static class KernelEmitter
{
    /// <summary>The file with the programs and kernels of a network, which the shell reaches through a partial method.</summary>
    /// <param name="onnx">The graph as <see cref="OnnxLowering"/> says it; null where it has no ONNX form.</param>
    public static string Emit(TypeSpec type, Schedules schedules, StreamPlan? stream, EmitOptions options, string? onnx = null)
    {
        (ProgramSchedule inference, ProgramSchedule? training) = (schedules.Inference, schedules.Training);
        CodeWriter code = new();
        GeneratedHeader.Write(code);

        // What fills the namespace is not indented, as if it were the whole file.
        code.Line("namespace " + Namespace(type));
        code.Line("{");
        GeneratedHeader.Usings(code);
        code.Line($"using static global::{Namespace(type)}.Kernels;");
        code.Line();
        EmitInference(code, inference, options);
        if (stream is not null)
        {
            StreamEmitter.Emit(code, stream);
        }

        if (training is not null)
        {
            code.Line();
            EmitTraining(code, training, "Training", schedules.Frozen, schedules.Evaluation is not null);
        }

        if (schedules.Evaluation is { } evaluation)
        {
            code.Line();
            EmitEvaluation(code, evaluation);
        }

        if (schedules.Frozen is { } frozen)
        {
            code.Line();
            EmitFrozen(code, frozen);
        }

        code.Line();
        IEnumerable<Kernel> run = WholeNet.Of(inference) is null ? inference.Kernels : ProgramSchedule.KernelsOf(inference.Lists[0].Steps);
        EmitKernels(code, run.Concat(training?.Kernels ?? []).Concat(schedules.Evaluation?.Kernels ?? []).Concat(schedules.Frozen?.Entry?.Kernels ?? []).Concat(schedules.Frozen?.Features.Kernels ?? []).Concat(schedules.Frozen?.Rest.Kernels ?? []).Concat(stream?.Setup?.Kernels ?? []).Concat(stream?.Step.Kernels ?? []), options);
        code.Line("}");
        code.Line();
        EmitHooks(code, type, ["Inference", .. training is null ? Array.Empty<string>() : ["Training"], .. stream is null ? Array.Empty<string>() : ["Stream"]], onnx);
        return code.ToString();
    }

    private static void EmitKernels(CodeWriter code, IEnumerable<Kernel> kernels, EmitOptions options)
    {
        code.Line("/// <summary>The kernels, each once, named by technique and shapes, and what they share.</summary>");
        using (code.Braces("file static class Kernels"))
        {
            code.Line("/// <summary>What lies some floats behind a reference.</summary>");
            code.Line("[MethodImpl(AggressiveInlining)]");
            code.Line("internal static ref float At(this ref float origin, nint floats) => ref Unsafe.Add(ref origin, floats);");
            code.Line();
            code.Line("/// <summary>What nobody asks for.</summary>");
            code.Line("private static ref float None => ref Unsafe.NullRef<float>();");
            Kernel[] distinct = [.. kernels.Distinct().OrderBy(k => k.Name, StringComparer.Ordinal)];
            ITile[] tiles = [.. distinct.SelectMany(k => k.Shared).Distinct().OrderBy(t => t.Name, StringComparer.Ordinal)];
            if (distinct.Select(k => k.Name).Concat(tiles.Select(t => t.Name)).GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } same)
            {
                throw new InvalidOperationException($"Two kernels are named {same.Key}.");
            }

            foreach (Kernel kernel in distinct)
            {
                kernel.Emit(code, options);
            }

            foreach (ITile tile in tiles)
            {
                tile.Emit(code, options);
            }
        }
    }

    /// <summary>A namespace of the network's own, so that no name in it can collide with the user's. An @ may stand at its beginning only.</summary>
    public static string Namespace(TypeSpec type) =>
        "NetGen.Emitted." + string.Concat(type.FullName.Select((c, i) => c switch { '@' when i > 0 => "", '.' => "_", '_' => "__", _ => c.ToString() }));

    private static void EmitHooks(CodeWriter code, TypeSpec type, IReadOnlyList<string> programs, string? onnx)
    {
        PartialType.Write(code, type, "", () =>
        {
            for (int i = 0; i < programs.Count; i++)
            {
                if (i > 0)
                {
                    code.Line();
                }

                code.Line($"static partial void Create{programs[i]}(ref global::NetGen.{programs[i]}Program? program) => program = new global::{Namespace(type)}.{programs[i]}();");
            }

            if (onnx is not null)
            {
                code.Line();
                code.Line("/// <summary>The graph in ONNX's words; only an export reads it, so trimming removes it elsewhere.</summary>");
                code.RawText("static partial void DescribeOnnxGraph(ref string? text) => text = ", onnx);
            }
        });
    }

    private static void EmitInference(CodeWriter code, ProgramSchedule schedule, EmitOptions options)
    {
        code.Line($"/// <summary>Inference. {Kernel.Xml(schedule.Arena.ToString())}.</summary>");
        using (code.Braces("internal sealed class Inference : InferenceProgram"))
        {
            EmitFrame(code, schedule);
            EmitStates(code, schedule);
            EmitList(code, schedule, schedule.Lists[0]);
            if (WholeNet.Of(schedule) is { } whole)
            {
                WholeNetEmitter.Emit(code, whole, options);
            }
            else
            {
                EmitList(code, schedule, schedule.Lists[1]);
            }
        }
    }

    /// <summary>A program without training, with all its steps.</summary>
    public static void EmitProgram(CodeWriter code, ProgramSchedule schedule)
    {
        EmitFrame(code, schedule);
        foreach (StepList list in schedule.Lists)
        {
            EmitList(code, schedule, list);
        }
    }

    /// <summary>What a program without training is asked before it runs.</summary>
    private static void EmitFrame(CodeWriter code, ProgramSchedule schedule)
    {
        code.Line($"public override int Tile => {InferenceTile.Of(schedule)};");
        code.Line($"public override long WorkPerSample => {Literal.Of(InferenceTile.WorkPerSample(schedule))};");
        EmitCommon(code, schedule);
        EmitPlaces(code, schedule.Prepared);
        EmitOutputLengths(code, schedule);
    }

    /// <summary>The programs of a step while the part that starts frozen is: its features by inference, and training behind them.</summary>
    private static void EmitFrozen(CodeWriter code, FrozenSchedules frozen)
    {
        code.Line($"/// <summary>The features of the part that starts frozen. {Kernel.Xml(frozen.Features.Arena.ToString())}.</summary>");
        using (code.Braces("internal sealed class Features : InferenceProgram"))
        {
            EmitProgram(code, frozen.Features);
        }

        code.Line();
        EmitTraining(code, frozen.Rest, "Rest", null);
        if (frozen.Entry is { } entry)
        {
            code.Line();
            EmitTraining(code, entry, "Entry", null);
        }
    }

    /// <summary>Inference with the penalties on activities, which the loss of an evaluation has.</summary>
    private static void EmitEvaluation(CodeWriter code, ProgramSchedule schedule)
    {
        code.Line($"/// <summary>Inference with the penalty of each sample. {Kernel.Xml(schedule.Arena.ToString())}.</summary>");
        using (code.Braces("internal sealed class Evaluation : InferenceProgram"))
        {
            EmitPenaltySlot(code, schedule);
            EmitStates(code, schedule);
            EmitProgram(code, schedule);
        }
    }

    private static void EmitPenaltySlot(CodeWriter code, ProgramSchedule schedule)
    {
        if (schedule.PenaltySlot >= 0)
        {
            code.Line($"public override int PenaltySlot => {Literal.Of(schedule.PenaltySlot)};");
        }
    }

    private static void EmitTraining(CodeWriter code, ProgramSchedule schedule, string name, FrozenSchedules? frozen, bool hasEvaluation = false)
    {
        code.Line($"/// <summary>{name switch { "Rest" => "Training behind the features", "Entry" => "Random layers before the part that starts frozen", _ => "Training" }}. {Kernel.Xml(schedule.Arena.ToString())}.</summary>");
        using (code.Braces($"internal sealed class {name} : TrainingProgram"))
        {
            if (frozen is not null)
            {
                ulong toggles = frozen.Toggles.Aggregate(0UL, (bits, t) => bits | (1UL << t));
                code.Line($"public override FrozenProgram Frozen => new(new Features(), {Literal.Of(frozen.Features.OutputLengths.Count)}, new Rest(), {Literal.Bits(toggles)}{(frozen.Entry is null ? "" : ", new Entry()")});");
            }

            if (hasEvaluation)
            {
                code.Line("public override InferenceProgram Evaluation => new Evaluation();");
            }

            EmitPenaltySlot(code, schedule);
            code.Line($"public override long WorkPerSample => {Literal.Of(InferenceTile.WorkPerSample(schedule))};");
            EmitCommon(code, schedule);
            EmitOutputLengths(code, schedule);
            EmitStates(code, schedule);
            foreach (StepList list in schedule.Lists)
            {
                EmitList(code, schedule, list);
            }
        }
    }

    /// <summary>Where what is taken over from call to call lies; nothing where there is none of it.</summary>
    public static void EmitStates(CodeWriter code, ProgramSchedule schedule)
    {
        IReadOnlyList<Buffer> states = [.. schedule.States.Where(s => s.Region == Region.State)];
        if (states.Count == 0)
        {
            return;
        }

        code.Line();
        code.Line($"public override int StateFloats => {Literal.Of(states.Sum(s => s.Length.Scale))};");
        code.Line($"public override ReadOnlySpan<int> StateSizes => [{string.Join(", ", states.Select(s => Literal.Of(s.Elements.Scale)))}];");
        code.Line($"public override ReadOnlySpan<int> StateOffsets => [{string.Join(", ", states.Select(s => Literal.Of(s.Offset)))}];");
    }

    private static void EmitCommon(CodeWriter code, ProgramSchedule schedule)
    {
        code.Line();
        code.Line($"public override nint PreparedLength => {Literal.Of(schedule.Prepared.Floats)};");
        if (schedule.Constants.Count > 0)
        {
            code.Line();
            code.Line($"private static ReadOnlySpan<float> Constants => [{string.Join(", ", schedule.Constants.Select(Literal.Single))}];");
        }

        code.Line();
        using (code.Braces("public override nint ArenaLength(in Frame frame)"))
        {
            EmitSizes(code, schedule);
            string length = string.Join(" + ", schedule.Arena.Zones.Select(z => $"({Literal.Size(z.Length)})"));
            code.Line($"return {(length.Length == 0 ? "0" : length)};");
        }
    }

    private static void EmitPlaces(CodeWriter code, PreparedPlan prepared)
    {
        code.Line();
        code.Line($"public override nint ScratchLength => {Literal.Of(prepared.ScratchFloats)};");
        code.Line();
        code.Line($"public override ReadOnlySpan<int> Places => [{string.Join(", ", prepared.Places.Select(p => Literal.Of(p)))}];");
    }

    private static void EmitOutputLengths(CodeWriter code, ProgramSchedule schedule)
    {
        code.Line();
        using (code.Braces("public override nint OutputLength(int output, in Frame frame)"))
        {
            EmitSizes(code, schedule);
            string cases = string.Join(", ", schedule.OutputLengths.Select(o => FormattableString.Invariant($"{o.Slot} => {Literal.Size(o.Length)}")));
            code.Line($"return output switch {{ {cases}, _ => throw new ArgumentOutOfRangeException(nameof(output)) }};");
        }
    }

    private static void EmitSizes(CodeWriter code, ProgramSchedule schedule)
    {
        for (int i = 0; i < schedule.Sizes.Count; i++)
        {
            code.Line($"nint {schedule.Sizes[i]} = frame.Size({i});");
        }

        foreach (WindowSymbol window in schedule.Windows)
        {
            // The most that a window has, for which there is room; a loop says how many the present one has.
            code.Line($"nint {window.Name} = Math.Min({Literal.Of(window.Size)}, {Literal.Size(window.Time)});");
        }

        if (schedule.Arena.Zones.Any(z => z.IsPerPart))
        {
            code.Line($"nint {Dim.Parts} = frame.PartCount;");
        }
    }

    // Nothing asks the JIT to optimize a list: it is called once a run, and its calls are as fast without; so that the first run begins sooner.
    private static void EmitList(CodeWriter code, ProgramSchedule schedule, StepList list)
    {
        string name = char.ToUpperInvariant(list.Name[0]) + list.Name.Substring(1);
        code.Line();
        using (code.Braces($"public override void {name}(in Frame frame)"))
        {
            if (list.Steps.Count == 0)
            {
                return;
            }

            EmitSizes(code, schedule);
            if (list.Steps.Any(s => s.Kernel is not LoopKernel && s.Kernel.Sizes.Contains(LoopNames.Steps.Now.Symbols[0].Name)))
            {
                code.Line($"nint {LoopNames.Steps.Now} = (nint)frame.Step;");
            }

            List<Region> regions = [.. list.Steps.SelectMany(s => s.Buffers).Select(b => b.Region).Distinct()];
            foreach ((Region region, string local) in new[] { (Region.Weights, "Weights"), (Region.Prepared, "Prepared"), (Region.Scratch, "Scratch"), (Region.Gradients, "Gradients"), (Region.State, "State"), (Region.History, "History") })
            {
                if (regions.Contains(region))
                {
                    // Prepare's scratch memory is the arena of its call.
                    code.Line($"ref float {local.ToLowerInvariant()} = ref frame.{(region == Region.Scratch ? "Arena" : local)};");
                }
            }

            if (regions.Contains(Region.Constants))
            {
                code.Line("ref float constants = ref MemoryMarshal.GetReference(Constants);");
            }

            if (regions.Contains(Region.Arena))
            {
                EmitZones(code, schedule);
            }

            if (ProgramSchedule.SharedOf(list.Steps).Any(s => s.Kernel.Units is not null))
            {
                code.Line("nint start, end;");
            }

            string? scope = null;
            EmitSegments(code, list.Steps, Need.Always, step =>
            {
                if (step.Scope != scope)
                {
                    scope = step.Scope;
                    code.Line();
                    if (scope.Length > 0)
                    {
                        code.Line("// " + scope);
                    }
                }

                EmitStep(code, schedule, step);
            });
        }
    }

    /// <summary>Steps that run under the same condition stand together in one block.</summary>
    private static void EmitSegments(CodeWriter code, EquatableArray<Step> steps, Need around, Action<Step> emit)
    {
        for (int i = 0; i < steps.Count;)
        {
            (Need need, Need unless) = (steps[i].Need, steps[i].Unless);
            string[] conditions = [.. new[] { need == around ? "" : Live(need), unless == Need.Never ? "" : "!" + Live(unless) }.Where(c => c.Length > 0)];
            using (conditions.Length == 0 ? null : (CodeWriter.Block?)code.Braces($"if ({string.Join(" && ", conditions)})"))
            {
                for (; i < steps.Count && steps[i].Need == need && steps[i].Unless == unless; i++)
                {
                    emit(steps[i]);
                }
            }
        }
    }

    private static string Live(Need need) => $"frame.IsAnyLive({Literal.Bits(need.Toggles)})";

    private static void EmitZones(CodeWriter code, ProgramSchedule schedule)
    {
        code.Line("ref float zone0 = ref frame.Arena;");
        for (int i = 1; i < schedule.Arena.Zones.Count; i++)
        {
            code.Line($"ref float zone{i} = ref zone{i - 1}.At({Literal.Size(schedule.Arena.Zones[i - 1].Length)});");
        }
    }

    private static void EmitStep(CodeWriter code, ProgramSchedule schedule, Step step)
    {
        if (step.SyncBefore && step.Kernel.Units is null)
        {
            code.Line("frame.Sync();");
        }

        if (step.Kernel is LoopKernel loop)
        {
            EmitLoop(code, schedule, step, loop);
            return;
        }

        if (step is { Kernel.Units: { } shared, Grain: { } grain })
        {
            string share = $"frame.{(step.SyncBefore ? "Sync" : "Share")}({Literal.Size(shared)}, {Literal.Of(grain)})";
            code.Line($"for (var share = {share}; share.Next(out start, out end);) {Call(schedule, step, ["start", "end"])};");
        }
        else
        {
            // All parts wait, whether they then have work or not.
            code.Line($"if ({Share(step)}) {Call(schedule, step, step.Kernel.Units is null ? [] : ["start", "end"])};");
        }

        if (step.Releases.Count > 0)
        {
            code.Line($"frame.Release({string.Join(", ", step.Releases.Select(p => Literal.Of(p)))});");
        }
    }

    /// <summary>Whether this part has something of a step to do.</summary>
    private static string Share(Step step)
    {
        string part = step.Kernel.Units is { } units ? $"frame.{(step.SyncBefore ? "Sync" : "Split")}({Literal.Size(units)}, out start, out end)" : "frame.IsFirst";
        return part + (step.UnlessFused >= 0 ? $" && !frame.IsFused({step.UnlessFused})" : "");
    }

    private static void EmitLoop(CodeWriter code, ProgramSchedule schedule, Step step, LoopKernel loop)
    {
        (string time, LoopNames names) = (Literal.Size(loop.Time), loop.Names);
        using (loop.Windows is not null ? null : (CodeWriter.Block?)code.Braces($"if ({Share(step)})"))
        using (code.Braces($"for (nint {names.Counter} = 0; {names.Counter} < {time}; {names.Counter}++)"))
        {
            if (loop.Uses(names.Now) || loop.Windows?.Symbol is not null)
            {
                code.Line($"nint {names.Now} = {(loop.IsReverse ? $"{time} - 1 - {names.Counter}" : names.Counter)};");
            }

            if (loop.Windows?.Symbol is { } steps)
            {
                code.Line($"{steps.Name} = Math.Min({Literal.Of(steps.Size)}, {Literal.Size(steps.Time)} - ({names.Now} * {Literal.Of(steps.Size)}));");
            }

            if (loop.Uses(names.Old) || loop.Uses(names.Next))
            {
                code.Line($"nint {names.Old} = ({time} - {names.Counter}) & 1, {names.Next} = 1 - {names.Old};");
            }

            if (loop.Windows is not null)
            {
                code.Line("frame.Sync();");
                EmitSegments(code, loop.Body, step.Need, inner => EmitStep(code, schedule, inner));
                return;
            }

            EmitSegments(code, loop.Body, step.Need, inner =>
                code.Line($"{Call(schedule, inner, loop.Units is not null ? ["start", "end"] : inner.Kernel.Units is { } all ? ["0", Literal.Size(all)] : [])};"));
        }
    }

    private static string Call(ProgramSchedule schedule, Step step, IReadOnlyList<string> range) => step.Kernel.Call([.. step.Buffers.Select(b => Reference(schedule, b))], range);

    private static string Reference(ProgramSchedule schedule, Buffer buffer)
    {
        if (buffer.Base is { } whole)
        {
            return Reference(schedule, whole) + (buffer.Shift.Scale == 0 ? "" : $".At({Literal.Size(buffer.Shift)})");
        }

        string slot = buffer.Slot.ToString(CultureInfo.InvariantCulture);
        return buffer.Region switch
        {
            Region.Input => $"ref frame.Input({slot})",
            Region.Output => $"ref frame.Output({slot})",
            Region.OutputGradient => $"ref frame.OutputGradient({slot})",
            Region.Toggle => $"ref frame.Toggle({slot})",
            Region.Parameter => $"ref frame.Parameter({slot})",
            Region.State or Region.History => Place(buffer.Region.ToString().ToLowerInvariant(), new Dim(buffer.Offset, buffer.Length.Symbols)),
            Region.Arena => Place("zone" + Literal.Of(schedule.Arena.Zones.ToList().FindIndex(z => z.Symbols == buffer.Length.Symbols)), new Dim(buffer.Offset, buffer.Length.Symbols)),
            _ => Place(buffer.Region.ToString().ToLowerInvariant(), buffer.Offset),
        };

        static string Place(string origin, Dim offset) => offset == 0 || offset.Scale == 0 ? "ref " + origin : $"ref {origin}.At({Literal.Size(offset)})";
    }
}
