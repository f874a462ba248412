namespace NetGen.Generator;

/// <summary>Prints the programs of a network that runs step by step.</summary>
internal static class StreamEmitter
{
    public static void Emit(CodeWriter code, StreamPlan plan)
    {
        StreamGraph graph = plan.Graph;
        code.Line();
        code.Line($"/// <summary>One call of a stream: {graph.Steps} {(graph.Steps == 1 ? "step" : "steps")}. {Kernel.Xml(plan.Step.Arena.ToString())}.</summary>");
        using (code.Braces("internal sealed class Stream : StreamProgram"))
        {
            IReadOnlyList<Buffer> histories = [.. plan.Step.States.Where(s => s.Region == Region.History)];
            code.Line($"public override int Steps => {Literal.Of(graph.Steps)};");
            code.Line($"public override ReadOnlySpan<int> StreamedInputs => [{Numbers(graph.Inputs)}];");
            code.Line($"public override int Given => {Literal.Of(graph.Given)};");
            code.Line($"public override ReadOnlySpan<int> Starts => [{Numbers(graph.Starts.Where((_, i) => plan.Step.States[i].Region == Region.State))}];");
            code.Line($"public override ReadOnlySpan<int> Sizes => [{Numbers(plan.Sizes)}];");
            if (graph.Step.CountsCalls)
            {
                code.Line($"public override int PastSize => {Literal.Of(plan.Step.Sizes.ToList().IndexOf(Literal.Size(Dim.Past)))};");
                code.Line($"public override int RoomSize => {Literal.Of(plan.Step.Sizes.ToList().IndexOf(Literal.Size(Dim.Room)))};");
            }

            if (graph.MostCalls < StreamGraph.Unbounded)
            {
                code.Line($"public override int MostCalls => {Literal.Of(graph.MostCalls)};");
            }

            if (histories.Count > 0)
            {
                code.Line($"public override int HistoryFloats => {Literal.Of(histories.Sum(s => s.Length.Scale))};");
                code.Line($"public override ReadOnlySpan<int> HistorySizes => [{string.Join(", ", histories.Select(s => Literal.Of(s.Elements.Scale)))}];");
                code.Line($"public override ReadOnlySpan<int> HistoryOffsets => [{string.Join(", ", histories.Select(s => Literal.Of(s.Offset)))}];");
            }

            if (plan.Setup is not null)
            {
                code.Line("public override InferenceProgram? CreateSetup() => new StreamSetup();");
            }

            string cases = string.Join(", ", graph.Inputs.Select((_, i) => $"{Literal.Of(i)} => {Literal.Of(graph.Step.Inputs[i].Shape.Count.Scale)}"));
            code.Line($"public override nint InputLength(int input) => input switch {{ {cases}, _ => throw new ArgumentOutOfRangeException(nameof(input)) }};");
            KernelEmitter.EmitStates(code, plan.Step);
            code.Line();
            KernelEmitter.EmitProgram(code, plan.Step);
        }

        if (plan.Setup is null)
        {
            return;
        }

        code.Line();
        code.Line($"/// <summary>Before a stream's first step: what is the same in every step, then what states start as. {Kernel.Xml(plan.Setup.Arena.ToString())}.</summary>");
        using (code.Braces("internal sealed class StreamSetup : InferenceProgram"))
        {
            KernelEmitter.EmitProgram(code, plan.Setup);
        }
    }

    private static string Numbers(IEnumerable<int> numbers) => string.Join(", ", numbers.Select(n => Literal.Of(n)));
}
