"""The rules of care homes, beds and alerts: pure, without AWS, clock or environment.

A care home       care_home beds posts availability shop_window documents vocabulary public_home
Whom it takes     needs terms admission_hours declaration contradictions suggestions fit
A new location id carry_over home_before promises
Is a bed there?   chance listings freshness certainty reminder_value
Calls to homes    outcome dispute request_record truth interval calibration wrong_posts
                  audit audit_draw disclosure public_truth
Asks for a bed    ask ask_list asked_for holds offer reserved_beds team_asks
Alerts            alert alert_brake turns demand placing_stop
People            member invitations sealed_address contact_details quiet_hours author
Links             posting_link link_secret
Messages to come  reminder_event still_free_event alerts_ending_event
Time and place    uk_time bank_holidays working_hours geo
Text and errors   typed_text identifiers errors
"""
