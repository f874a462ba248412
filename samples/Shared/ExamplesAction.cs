using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NetGen.Samples;

/// <summary>The help of a command, with examples behind it.</summary>
internal sealed class ExamplesAction(HelpAction help, IReadOnlyList<string> examples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => help.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in examples) output.WriteLine($"  {RootCommand.ExecutableName} {example}");
        return code;
    }
}
