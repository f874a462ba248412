using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NetGen.Tool;

/// <summary>What the help of each command ends with.</summary>
internal static class Examples
{
    public static string[] Of(string command) => command switch
    {
        "import" =>
        [
            "dotnet netgen import squeezenet.onnx --output Models --namespace MyApp",
            "dotnet netgen import detector.onnx --dimension height=224 --dimension width=224",
            "dotnet netgen import classifier.keras --class Classifier --input-shape image=224,224,3",
        ],
        "summary" => ["dotnet netgen summary squeezenet.onnx", "dotnet netgen summary Models/Fashion.cs", "dotnet netgen summary . --class Fashion"],
        "plot" => ["dotnet netgen plot classifier.keras --output classifier.svg", "dotnet netgen plot Models/Fashion.cs"],
        "inspect" => ["dotnet netgen inspect fashion.safetensors", "dotnet netgen inspect resnet50.weights.h5 --statistics"],
        "convert" => ["dotnet netgen convert resnet50.weights.h5 resnet50.safetensors", "dotnet netgen convert fashion.safetensors fashion.h5"],
        _ => [],
    };
}

/// <summary>Help that ends with examples.</summary>
internal sealed class ExamplesAction(HelpAction help, IReadOnlyList<string> examples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in examples)
        {
            output.WriteLine("  " + example);
        }

        output.WriteLine();
        output.WriteLine("Exit codes: 0 all went well, 1 a file is not what it should be, 2 the command line is not understood.");
        return code;
    }
}
