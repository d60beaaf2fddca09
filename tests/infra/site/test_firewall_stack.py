"""The firewall is in us-east-1, with its log, and exists only if a council wants one."""

from tests.infra.stack_template import StackTemplate, SynthStacks


def test_without_a_firewall_there_is_no_stack_for_it(stacks: dict[str, StackTemplate]) -> None:
    assert set(stacks) == {"Data", "App"}


def test_the_firewall_has_the_councils_rate_limit(synth_stacks: SynthStacks) -> None:
    template = synth_stacks(waf=True, waf_requests_per_five_minutes=500)["Firewall"]
    rate_limit, *_ = template.properties("WAFv2::WebACL")["Rules"]
    assert rate_limit["Statement"]["RateBasedStatement"]["Limit"] == 500
    web_acl = template.logical_id("WAFv2::WebACL")
    assert template.document["Outputs"]["WebAclArn"]["Value"] == {"Fn::GetAtt": [web_acl, "Arn"]}


def test_a_council_can_try_the_managed_rules_before_they_block(synth_stacks: SynthStacks) -> None:
    for settings, override in ({}, "None"), ({"waf_managed_rules": "count"}, "Count"):
        firewall = synth_stacks(waf=True, **settings)["Firewall"]
        _, *managed = firewall.properties("WAFv2::WebACL")["Rules"]
        assert {name for each in managed for name in each["OverrideAction"]} == {override}


def test_the_firewalls_of_two_councils_have_their_own_logs(synth_stacks: SynthStacks) -> None:
    names = {
        synth_stacks(waf=True, slug=slug)["Firewall"].properties("Logs::LogGroup")["LogGroupName"]
        for slug in ("ours", "theirs")
    }
    assert names == {"aws-waf-logs-bedboard-ours", "aws-waf-logs-bedboard-theirs"}


def test_the_site_reads_the_firewalls_address_from_us_east_1(synth_stacks: SynthStacks) -> None:
    stacks = synth_stacks(waf=True)
    config = stacks["App"].properties("CloudFront::Distribution")["DistributionConfig"]
    reference = config["WebACLId"]["Fn::GetStackOutput"]
    assert reference["StackName"] == "bedboard-ours-firewall"
    assert reference["Region"] == "us-east-1"
    firewall = stacks["Firewall"]
    web_acl = firewall.logical_id("WAFv2::WebACL")
    output = firewall.document["Outputs"][reference["OutputName"]]
    assert output["Value"] == {"Fn::GetAtt": [web_acl, "Arn"]}
